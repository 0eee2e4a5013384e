"""Every class of page made of words, as full as a service ever makes it, with long texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from core.billing import Text
from core.flow import Step, Touch
from core.page_parts import Row, Section, Strip, Tone
from core.phrase import Day, Yuan, said
from kiosk.steps.pages import (
    AtMachine,
    Button,
    Choose,
    ChooseAmount,
    ChooseSome,
    Finished,
    Keys,
    Option,
    Pressed,
    Show,
    Sign,
    TypeIn,
)

_PLACES = (
    ("心血管内科", "Cardiology", "heart-handshake"),
    ("骨科与运动医学中心", "Orthopaedics and sports medicine", "stethoscope"),
    (
        "生殖医学与辅助生育技术中心",
        "Reproductive medicine and assisted reproduction",
        "stethoscope",
    ),
    ("内分泌科", "Endocrinology", "stethoscope"),
    ("眼科", "Ophthalmology", "eye"),
    ("消化内科", "Gastroenterology", "stethoscope"),
    ("神经内科", "Neurology", "stethoscope"),
)
_LONG_TITLE = Text(
    "这几项要在窗口办理，其余的现在可以付",
    "These items are done at a window, you can pay the others now",
)
_LONG_HINT = Text(
    "放弃的项目不会收费；改主意可以再来。",
    "What you give up is not charged, and you may come back for it at any time.",
)
_OFF = Text(
    "今天的号已经满了，请预约另一天", "No places are left today, please book for another day"
)
_TEXT = Text(
    "\n".join(
        f"{n}. 本人自愿申请先诊疗后付费，并承诺在规定期限内结清个人负担的全部费用。"
        for n in range(1, 16)
    ),
    "\n".join(
        f"{n}. I apply of my own will to be treated first and to pay afterwards, and I will settle"
        " my whole part in time."
        for n in range(1, 16)
    ),
)


def _options(count: int) -> tuple[Option, ...]:
    return tuple(
        Option(
            f"place{index}",
            Text(chinese, english),
            icon,
            Text("门诊楼 2 楼东侧 206 诊室", "Outpatient building, 2nd floor east, room 206"),
            Yuan(12345678) if index % 2 else Text("今天 3 位医生", "3 doctors today"),
            _OFF if index == 2 else "",
        )
        for index, (chinese, english, icon) in enumerate(_PLACES[:count])
    )


def _rows(count: int) -> tuple[Row, ...]:
    rows = (
        Row("user", Text("姓名", "Name"), "阿**·㛃䶮"),
        Row("receipt-yen", Text("这次合计", "Total of this visit"), Yuan(1234567890)),
        Row(
            "calendar-time",
            Text("还清的日期", "To be repaid by"),
            Day("2025-12-22"),
            Text("晚了会影响以后再用", "Late payment may bar you from using this again"),
            Tone.WARNING,
        ),
        Row(
            "map-pin",
            Text("去哪里", "Where to go"),
            Text("门诊楼 2 楼东侧 206 诊室", "Room 206, outpatient building, 2nd floor east"),
        ),
        Row("credit-card", Text("银行卡", "Bank card"), "*1117", "", Tone.SUCCESS),
    )
    return (rows * 3)[:count]


_STRIP = Strip(
    Tone.WARNING,
    "alert-triangle",
    Text("打印机没有纸了，凭条可以在窗口领取。", "No paper is left: you get the slip at a window."),
)
_GO_ON = Button("go_on", Text("看过了，继续付款", "I have checked this, go on to pay"))
_OTHER = Button("other", Text("换一种办法", "Another way"), "arrows-exchange", main=False)
_THIRD = Button(
    "third", Text("打印一张去窗口的凭条", "Print a slip for the window"), "printer", main=False
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitHere(AtMachine[Pressed]):
    """A page at the machine is always of a class of its own."""

    def touched(self, touch: Touch) -> Pressed | None:
        return Pressed(touch.word) if touch.word in {b.word for b in self.buttons} else None


EXAMPLES: dict[str, Step[Any]] = {
    "page_choose": Choose(title=said("Which department?"), options=_options(3)),
    "page_choose_long": Choose(
        title=_LONG_TITLE,
        hint=_LONG_HINT,
        options=_options(7),
        strip=_STRIP,
        trouble="code_not_payment",
        place=1,
    ),
    "page_choose_nothing": Choose(
        title=said("Which department?"), options=(), nothing=_LONG_HINT, icon="calendar-search"
    ),
    "page_choose_some": ChooseSome(
        title=_LONG_TITLE, hint=_LONG_HINT, options=_options(7), button=_GO_ON, place=1
    ),
    "page_choose_some_none": ChooseSome(
        title=said("Which department?"), options=_options(2), button=_GO_ON, least=0, strip=_STRIP
    ),
    "page_show": Show(
        title=said("Is this right?"), sections=(Section("", _rows(3)),), buttons=(_GO_ON,)
    ),
    "page_show_long": Show(
        title=_LONG_TITLE,
        hint=_LONG_HINT,
        sections=(
            Section(Text("本次住院", "This stay in hospital"), _rows(5)),
            Section(Text("从前的住院", "Earlier stays in hospital"), _rows(5)),
        ),
        buttons=(_GO_ON, _OTHER, _THIRD),
        strip=_STRIP,
        big_label=Text("还要付", "Still to be paid"),
        big_value=Yuan(1234567890),
        trouble="code_not_payment",
        place=1,
    ),
    "page_show_text": Show(
        title=Text("先诊疗后付费承诺书", "Commitment to pay after treatment"),
        hint=said("Please read this, then accept it or leave"),
        text=_TEXT,
        buttons=(_GO_ON,),
        needs_all=True,
        icon="file-text",
    ),
    "page_show_qr": Show(
        title=Text("请用手机扫这个码", "Please scan this code with your phone"),
        hint=_LONG_HINT,
        qr="https://hospital.invalid/sign/0123456789abcdef0123456789abcdef?way=debit",
        strip=Strip(Tone.INFO, "hourglass", Text("签好后这里自动继续", "We go on by ourselves")),
        buttons=(_OTHER,),
    ),
    "page_show_plain": Show(title=_LONG_TITLE, hint=_LONG_HINT, buttons=(_GO_ON, _OTHER)),
    "page_finished": Finished(title=Text("办好了", "Done"), printed=True),
    "page_finished_long": Finished(
        title=_LONG_TITLE,
        hint=_LONG_HINT,
        tone=Tone.WARNING,
        icon="alert-triangle",
        big_label=Text("您的号码", "Your number"),
        big_value="A018",
        rows=_rows(5),
        strip=_STRIP,
        printed=False,
        buttons=(_OTHER,),
        place=3,
    ),
    "page_type_digits": TypeIn(
        title=Text("凭条上的号码", "The number on the slip"),
        keys=Keys.DIGITS,
        label=Text("八位数字", "Eight digits"),
        most=8,
        trouble="code_not_payment",
    ),
    "page_type_phone": TypeIn(
        title=_LONG_TITLE,
        hint=_LONG_HINT,
        keys=Keys.PHONE,
        label=said("Eleven digits"),
        place=0,
        icon="phone",
    ),
    "page_type_id": TypeIn(
        title=_LONG_TITLE,
        hint=_LONG_HINT,
        keys=Keys.ID_NUMBER,
        label=Text("18 位身份证号码", "18 signs of the ID card"),
        icon="id",
    ),
    "page_type_hidden": TypeIn(
        title=Text("六位密码", "Six digits that only you know"),
        keys=Keys.DIGITS,
        label=Text("密码", "Password"),
        most=6,
        least=6,
        hidden=True,
        icon="lock",
    ),
    "page_type_name": TypeIn(
        title=Text("陪同的人叫什么名字？", "What is the name of the person with you?"),
        keys=Keys.NAME,
        label=Text("姓名", "Name"),
        icon="user",
    ),
    "page_type_text": TypeIn(
        title=_LONG_TITLE,
        hint=_LONG_HINT,
        keys=Keys.TEXT,
        label=Text("打拼音找科室", "Type to find a department"),
        words=tuple(Text(chinese, english) for chinese, english, _icon in _PLACES),
        trouble="code_not_payment",
        icon="search",
    ),
    "page_amount": ChooseAmount(
        title=Text("要存多少？", "How much do you pay in?"),
        min_fen=100,
        max_fen=1000000,
        suggestions_fen=(10000, 50000, 100000, 500000),
        icon="coins",
    ),
    "page_amount_long": ChooseAmount(
        title=_LONG_TITLE,
        hint=_LONG_HINT,
        min_fen=100,
        max_fen=9999900,
        trouble="code_not_payment",
        place=1,
    ),
    "page_sign": Sign(title=Text("请在下面签名", "Please sign below"), icon="signature"),
    "page_sign_long": Sign(
        title=_LONG_TITLE, hint=_LONG_HINT, rows=_rows(5), trouble="code_not_payment"
    ),
    "page_at_machine": WaitHere(
        title=Text("请把钞票放进去", "Please put your notes in"),
        hint=_LONG_HINT,
        parts=("scan",),
        hand="phone",
        steps=(
            Text("一张一张放", "One note after another"),
            Text("放平，不要折", "Flat, and not folded"),
            Text("放完按“好了”", "Press Done when all are in"),
        ),
        amount=Yuan(1234567890),
        buttons=(_GO_ON, _OTHER),
        trouble="code_not_payment",
    ),
}
