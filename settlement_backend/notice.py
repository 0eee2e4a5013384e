"""The personal-information notice a patient reads before a card is made (PIPL art. 28 and 29)."""

from __future__ import annotations

from settlement_backend.shapes import words

NOTICE_VERSION = "2026-01"

NOTICE = {
    "version": NOTICE_VERSION,
    "title": words("个人信息告知与同意", "How we use your data"),
    "text": words(
        "为您办理实名健康卡，需要读取身份证上的姓名、性别、民族、出生日期、住址、证件号码和有效期，"
        "并登记您的手机号码。\n\n"
        "这些信息仅用于：核实身份、办理健康卡、挂号、缴费结算、医保报销和退费，以及与就诊有关的通知。\n\n"
        "信息保存在本院结算系统中，本机不保存；除医保、银行和支付机构办理您的业务所必需的内容外，"
        "不向他人提供。\n\n"
        "您可以随时在服务窗口查询、更正您的信息，或撤回同意。不同意不影响您在人工窗口就诊。",
        "To make a health card in your name we read your name, sex, ethnic group, birth date, "
        "address, number and validity from your ID card, and register your phone number.\n\n"
        "We use this only to check who you are, to make the card, to register and settle your "
        "visits, for insurance, refunds, and notices about your visits.\n\n"
        "The data is kept in the hospital's settlement system and not in this machine. It is given "
        "to nobody but the insurance, bank and payment services, and only what they need.\n\n"
        "You can see or correct your data, or withdraw your consent, at any service window. If you "
        "do not agree you can be served at a window all the same.",
    ),
}
