"""The texts people agree to: how data is used, and each thing that is asked for by itself.

Talks to nothing. What a reader would get wrong: a changed text is another version, and a consent
to the old one stands for nothing new (PIPL art. 14, 28, 29).
"""

from __future__ import annotations

from settlement_backend.base.shapes import Shape, Words


class ConsentText(Shape):
    """One text. `kind`: PRIVACY, E_CERTIFICATE, FACE (one check), FACE_MEDIUM (to be found by
    it), ASSISTANCE, RELATIVE."""

    kind: str
    version: str
    title: Words
    text: Words


NOTICE_VERSION = "2026-01"

NOTICE = ConsentText(
    kind="PRIVACY",
    version=NOTICE_VERSION,
    title=Words(zh="个人信息告知与同意", en="How we use your data"),
    text=Words(
        zh="为您办理实名健康卡，需要读取身份证上的姓名、性别、民族、出生日期、住址、证件号码和有效期，"
        "并登记您的手机号码。\n\n"
        "这些信息仅用于：核实身份、办理健康卡、挂号、缴费结算、医保报销和退费，以及与就诊有关的通知。\n\n"
        "信息保存在本院结算系统中，本机不保存；除医保、银行和支付机构办理您的业务所必需的内容外，"
        "不向他人提供。\n\n"
        "您可以随时在服务窗口查询、更正您的信息，或撤回同意。不同意不影响您在人工窗口就诊。",
        en="To make a health card in your name we read your name, sex, ethnic group, birth date, "
        "address, number and validity from your ID card, and register your phone number.\n\n"
        "We use this only to check who you are, to make the card, to register and settle your "
        "visits, for insurance, refunds, and notices about your visits.\n\n"
        "The data is kept in the hospital's settlement system and not in this machine. It is given "
        "to nobody but the insurance, bank and payment services, and only what they need.\n\n"
        "You can see or correct your data, or withdraw your consent, at any service window. If you "
        "do not agree you can be served at a window all the same.",
    ),
)

TEXTS = (
    NOTICE,
    ConsentText(
        kind="E_CERTIFICATE",
        version="2026-01",
        title=Words(zh="医保电子凭证使用授权", en="Use of your insurance e-certificate"),
        text=Words(
            zh="您同意本院在挂号、就诊、结算和退费时，凭您出示的医保电子凭证或随申码核验身份并办理医保结算。"
            "您可以随时在窗口撤回，撤回后仍可凭其他证件就医。",
            en="You allow this hospital to check who you are and to settle with the insurance by "
            "the e-certificate or city code you show. You can withdraw this at any window; your "
            "other documents stay accepted.",
        ),
    ),
    ConsentText(
        kind="FACE",
        version="2026-01",
        title=Words(zh="人脸核验同意", en="Checking your face"),
        text=Words(
            zh="仅用于本次核实您本人身份。照片和面部特征不在本院保存，只记录核验结果。"
            "不同意的，可持身份证到窗口办理。",
            en="Used only to make sure that it is you. Neither picture nor features are kept here, "
            "only the result. If you do not agree, a window serves you with your ID card.",
        ),
    ),
    ConsentText(
        kind="FACE_MEDIUM",
        version="2026-01",
        title=Words(zh="刷脸识别身份授权", en="Finding you by your face"),
        text=Words(
            zh="您同意本院今后凭您的面部识别您本人。照片只交给人脸核验服务处理；照片和面部特征不在本院保存，"
            "只保存该服务给出的编号。您可以随时在自助机或窗口撤回，撤回后不再凭面部识别，其他证件照常使用。",
            en="You allow this hospital to find you by your face from now on. The picture goes to "
            "the face service alone; neither picture nor features are kept here, only the number "
            "that the service gives. You can withdraw this at any machine or window at any time: "
            "your face then finds nobody, and your other cards and papers stay accepted.",
        ),
    ),
    ConsentText(
        kind="ASSISTANCE",
        version="2026-01",
        title=Words(zh="工作人员代为操作", en="Staff operates for you"),
        text=Words(
            zh="经您同意，由工作人员代您操作本机。金额仍由您本人确认，工作人员不得知晓您的密码。",
            en="With your consent a member of staff operates this machine for you. You still "
            "confirm every amount yourself, and tell nobody your PIN.",
        ),
    ),
    ConsentText(
        kind="RELATIVE",
        version="2026-01",
        title=Words(zh="亲属绑定同意", en="A relative acts for you"),
        text=Words(
            zh="您同意该亲属按所选范围查看您的就诊进度，或为您支付费用。您可以随时解除绑定。",
            en="You allow this relative to follow your visits or to pay for you, as chosen. You "
            "can end this at any time.",
        ),
    ),
)
