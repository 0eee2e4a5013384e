"""The words of the window in Chinese and English, by name.

Talks to nothing. A name that is missing is a KeyError at once, never an empty label.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

LANGUAGES = ("zh", "en")
TABLE: Mapping[str, tuple[str, str]] = {
    "title": ("诊付 · 虚拟机器", "Zhenfu · the virtual machine"),
    "hint": ("在这里扮演病人、医生和捣乱的人", "Play the patient, the doctor and the trouble"),
    "tab_machine": ("机器", "Machine"),
    "tab_faults": ("故障", "Faults"),
    "there": ("已连接", "running"),
    "not_there": ("未启动", "not running"),
    "units": ("设备", "Devices"),
    "platforms": ("支付与医保平台", "Platforms"),
    "backend": ("结算后台", "Backend"),
    "no_unit": ("这台设备没有启动", "This device is not running"),
    # the identity card
    "id_reader": ("身份证读卡区", "ID card reader"),
    "id_empty": ("上面没有证件", "No card on it"),
    "id_lies": ("{name}的身份证放在上面", "The ID card of {name} lies on it"),
    "id_was_read": (
        "{name}的身份证放在上面，已读取",
        "The ID card of {name} lies on it; it was read",
    ),
    "choose_person": ("谁的证件", "Whose card"),
    "wrong_digit": ("{name}（校验位错误）", "{name}, wrong check digit"),
    "unreadable": ("{name}（损坏的卡）", "{name}, damaged card"),
    "place_id_card": ("放上身份证", "Put card"),
    "remove_id_card": ("拿走身份证", "Take card"),
    # codes
    "scanner": ("扫码窗", "Scanner"),
    "scanner_ready": ("把手机或凭条对准扫码窗", "Hold a phone or a slip before it"),
    "wechat": ("微信付款码", "WeChat pay code"),
    "alipay": ("支付宝付款码", "Alipay pay code"),
    "wechat_slow": ("要输密码的付款码（稍后成功）", "Pay code that needs a password first"),
    "wechat_never": ("病人一直不输密码的付款码", "Pay code whose password never comes"),
    "wechat_poor": ("余额不足的付款码", "Pay code without enough money"),
    "wechat_expired": ("过期的付款码", "Expired pay code"),
    "insurance_expired": ("过期的医保码", "Expired insurance code"),
    "foreign": ("别处的二维码", "A QR code from elsewhere"),
    "insurance_code": ("{name}的医保码", "Insurance code of {name}"),
    "last_slip": ("最近打印的凭条", "The last printed slip"),
    "choose_code": ("出示什么", "What to show"),
    "show_code": ("出示", "Show"),
    "show_code_at_window": ("在收费窗口出示", "Show at the cashier window"),
    # health cards
    "cards": ("就诊卡", "Health card"),
    "slot_empty": ("卡槽空", "Slot empty"),
    "slot_holds": ("卡槽中：{card}", "In the slot: {card}"),
    "gate_waits": ("出卡口有一张卡，请取走", "A card waits at the gate: take it"),
    "stacker": ("卡箱 {count} 张", "{count} blank cards"),
    "bin": ("回收箱 {count} 张", "{count} captured"),
    "jammed": ("卡住了", "Jammed"),
    "own_card": ("{name}的就诊卡", "Health card of {name}"),
    "new_card": ("新卡 {uid}", "New card {uid}"),
    "choose_card": ("手里的卡", "Card in hand"),
    "insert_card": ("插入", "Insert"),
    "remove_card": ("拔出", "Pull out"),
    "take_card": ("从出卡口取卡", "Take at the gate"),
    "load_cards": ("加 10 张卡", "Load 10 cards"),
    "jam_dispenser": ("让它卡住", "Jam it"),
    "unjam_dispenser": ("排除卡卡", "Clear the jam"),
    # the bank terminal
    "pos": ("银行卡终端", "Bank card terminal"),
    "pos_idle": ("现在不需要银行卡", "It does not ask for a card"),
    "pos_waits": ("请出示银行卡", "It waits for a card"),
    "open_holds": ("预授权 {count} 笔", "{count} open holds"),
    "good_bank_card": ("刷好卡", "Good card"),
    "declined_bank_card": ("刷被拒的卡", "Declined card"),
    "cancel_bank_card": ("按取消键", "Cancel key"),
    # the doctor
    "doctor": ("诊室", "Doctor's room"),
    "doctor_nobody": ("没有已挂号的病人", "No registered patient waits"),
    "doctor_waits": ("{count} 位病人候诊", "{count} waiting"),
    "no_backend": ("结算后台没有启动", "The backend is not running"),
    "choose_patient": ("哪位病人", "Which patient"),
    "finish_consultation": ("看完病，开三组费用", "Finish: order 3 groups"),
    # paper
    "printer": ("凭条打印机", "Receipt printer"),
    "paper_full": ("有纸", "Paper in"),
    "paper_near_end": ("纸将尽", "Paper nearly out"),
    "paper_out": ("缺纸", "Out of paper"),
    "cover_open": ("盖子开着", "Cover open"),
    "cutter_jammed": ("切刀卡住", "Cutter jammed"),
    "no_paper_yet": (
        "还没有打印过\n打出的凭条会出现在这里",
        "Nothing printed yet.\nPapers appear here.",
    ),
    "sheet": ("第 {number} 张 · {state}", "Paper {number} · {state}"),
    "take_paper": ("请取走凭条", "Take the paper"),
    "hanging": ("挂在出纸口", "hangs at the outlet"),
    "taken": ("已撕下", "torn off"),
    "cut_short": ("中途缺纸", "cut short"),
    "tear_off": ("撕下", "Tear off"),
    "older": ("上一张", "Older"),
    "newer": ("下一张", "Newer"),
    "load_paper": ("装纸", "Load paper"),
    "end_paper": ("纸将尽", "Nearly out"),
    "remove_paper": ("取出纸", "Take paper out"),
    "open_cover": ("打开盖子", "Open cover"),
    "close_cover": ("合上盖子", "Close cover"),
    # faults
    "unit_faults": ("设备的下一次命令出错", "The next commands of a device go wrong"),
    "platform_faults": ("平台的下一次请求出错", "The next requests to a platform go wrong"),
    "choose_unit": ("设备", "Device"),
    "choose_fault": ("故障", "Fault"),
    "choose_times": ("次数", "Times"),
    "choose_request": ("请求", "Request"),
    "times": ("{count} 次", "{count} times"),
    "once": ("1 次", "once"),
    "order_unit_fault": ("制造故障", "Order it"),
    "clear_unit_faults": ("恢复正常", "Clear"),
    "order_platform_fault": ("制造故障", "Order it"),
    "silent": ("不执行，不回答", "Silent: neither does it nor answers"),
    "answer_lost": ("执行了，回答丢失", "Does it, the answer is lost"),
    "delay": ("过 5 秒才回答", "Answers after 5 seconds"),
    "garble": ("回答错一个字节", "One byte of the answer is wrong"),
    "drop_byte": ("回答少一个字节", "One byte of the answer is missing"),
    "cut": ("线断了，没有执行", "The line is cut before it is done"),
    "cut_after_execution": ("执行了，线断了", "Does it, then the line is cut"),
    "http_500": ("回答 500 错误", "Answers with error 500"),
    "fault_note": (
        "故障只作用于下一次命令（不含状态查询），之后自动恢复。",
        "A fault meets the next command, status polls excepted; then all is well again.",
    ),
    "jam": ("出卡时卡住", "The card jams on its way"),
    "wrong_read_back": ("写进卡里的与读出的不同", "Reads back another number than written"),
    "decline": ("银行拒绝这笔交易", "The bank declines"),
    "platform_note": (
        "平台收到的下一次这种请求会这样。",
        "The next request of that kind meets it.",
    ),
    "more_trouble": ("别的麻烦", "Other trouble"),
    "more_trouble_note": (
        "上面的等到有人解决为止，下面的只作用一次。",
        "The upper ones last until somebody helps, the lower ones happen once.",
    ),
    "jam_cutter": ("切刀卡住", "Jam the cutter"),
    "free_cutter": ("修好切刀", "Free the cutter"),
    "empty_bin": ("清空回收箱", "Empty the capture bin"),
    "hold_at_this_pos": ("下一笔预授权只能由本终端完成", "Next hold: only this POS completes it"),
    "insurance_refuses": ("医保拒绝下一次结算", "Insurance refuses the next settlement"),
    "refusal_text": ("该人员今日已达支付限额", "The daily limit is reached"),
    "unit_card_dispenser": ("发卡机", "Card dispenser"),
    "unit_card_slot": ("卡槽", "Card slot"),
    "request_micropay": ("收单：付款", "Acquirer: pay"),
    "request_query": ("收单：查询", "Acquirer: query"),
    "request_reverse": ("收单：撤销", "Acquirer: reverse"),
    "request_hold": ("收单：预授权", "Acquirer: place a hold"),
    "request_complete": ("收单：预授权完成", "Acquirer: complete a hold"),
    "request_quote": ("医保：预结算 2206", "Insurance: quote 2206"),
    "request_settle": ("医保：结算 2207", "Insurance: settle 2207"),
    "request_decode": ("医保码解码", "Insurance: decode a code"),
    # outcomes
    "doing": ("正在做：{label}", "Doing: {label}"),
    "done": ("好了：{label}", "Done: {label}"),
    "failed": ("没有做成：{label}。{why}", "Not done: {label}. {why}"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """The table in one language, "zh" or "en"."""

    language: str

    def __call__(self, name: str, /, **values: object) -> str:
        """The words of that name with its places filled."""
        return TABLE[name][LANGUAGES.index(self.language)].format(**values)
