"""The words of the window in Chinese and English, by name.

Talks to nothing. A name that is missing is a KeyError at once, never an empty label.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.workbench.words_front import FRONT

LANGUAGES = ("zh", "en")
_REST: Mapping[str, tuple[str, str]] = {
    "title": ("诊付 · 虚拟机器", "Zhenfu · the virtual machine"),
    "hint": ("在这里扮演病人、医生和捣乱的人", "Play the patient, the doctor and the trouble"),
    "tab_machine": ("机器", "Machine"),
    "tab_papers": ("凭条", "Papers"),
    "tab_faults": ("故障", "Faults"),
    "there": ("已连接", "running"),
    "not_there": ("未启动", "not running"),
    "units": ("设备", "Devices"),
    "platforms": ("支付与医保平台", "Platforms"),
    "backend": ("结算后台", "Backend"),
    "no_unit": ("这台设备没有启动", "This device is not running"),
    # the identity card
    "id_empty": ("上面没有证件", "No card on it"),
    "id_first_take": ("上面已有证件，请先拿走", "A card lies on it: take it first"),
    "remove_id": ("拿走", "Take it away"),
    # codes
    "scanner_ready": ("出示手机或凭条", "Phone or slip"),
    "window": ("收费窗口", "Window"),
    "no_slip_yet": ("还没有打印过带码的凭条", "No slip with a code was printed yet"),
    "show_wechat": ("微信付款码", "WeChat"),
    "show_alipay": ("支付宝付款码", "Alipay"),
    "show_slow_wechat": ("要输密码的码", "Asks for PIN"),
    "show_never": ("不输密码的码", "Never paid"),
    "show_poor": ("余额不足的码", "No money"),
    "show_expired": ("过期付款码", "Stale pay code"),
    "show_ecode": ("{name}医保码", "{name} e-code"),
    "show_ecode_expired": ("过期医保码", "Stale e-code"),
    "show_foreign": ("别处的二维码", "Foreign QR"),
    "show_last_slip": ("最近的凭条", "Last slip"),
    # health cards
    "slot_empty": ("卡槽空", "Slot empty"),
    "slot_holds": ("卡槽中：{card}", "In slot: {card}"),
    "gate_waits": ("出卡口有卡，请取走", "Take the card at the gate"),
    "gate_empty": ("出卡口没有卡", "No card is at the gate"),
    "bin_empty": ("回收箱是空的", "The capture bin is empty"),
    "jammed": ("卡住了", "Jammed"),
    "not_jammed": ("没有卡住", "It is not jammed"),
    # the bank terminal
    "pos_idle": ("现在不需要银行卡", "It does not ask for a card"),
    "pos_waits": ("请出示银行卡", "It waits for a card"),
    "open_holds": ("预授权 {count} 笔", "{count} open holds"),
    "bank_card_good": ("刷好卡", "Good card"),
    "bank_card_declined": ("刷被拒的卡", "Declined card"),
    "bank_card_cancel": ("按取消键", "Cancel key"),
    # the doctor
    "doctor": ("诊室", "Doctor's room"),
    "doctor_nobody": ("没有已挂号的病人", "No registered patient waits"),
    "doctor_waits": ("{count} 位病人候诊", "{count} waiting"),
    "no_backend": ("结算后台没有启动", "The backend is not running"),
    "choose_patient": ("哪位病人", "Which patient"),
    "doctor_done": ("看完病，开 9 项费用", "Finish: order 9 items"),
    # paper
    "roll_full": ("有纸", "Paper in"),
    "roll_near_end": ("纸将尽", "Paper nearly out"),
    "roll_out": ("缺纸", "Out of paper"),
    "cover_open": ("盖子开着", "Cover open"),
    "cover_closed": ("盖子合着", "The cover is closed"),
    "cutter_jammed": ("切刀卡住", "Cutter jammed"),
    "cutter_well": ("切刀正常", "The cutter is well"),
    "no_paper_yet": (
        "还没有打印过\n打出的凭条会出现在这里",
        "Nothing printed yet.\nPapers appear here.",
    ),
    "sheet": ("第 {number} 张 · {state}", "Paper {number} · {state}"),
    "take_paper": ("请取走凭条", "Take the paper"),
    "hanging": ("挂在出纸口", "hangs at the outlet"),
    "taken": ("已撕下", "torn off"),
    "cut_short": ("中途缺纸", "cut short"),
    "nothing_hangs": ("没有可撕的凭条", "No paper hangs there"),
    "is_oldest": ("这是最早的一张", "This is the oldest"),
    "is_newest": ("这是最新的一张", "This is the newest"),
    "tear_paper": ("撕下", "Tear off"),
    "older_paper": ("上一张", "Older"),
    "newer_paper": ("下一张", "Newer"),
    "load_paper": ("装纸", "Load paper"),
    "end_paper": ("纸将尽", "Nearly out"),
    "paper_out": ("取出纸", "Take out"),
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
    "jam": ("路上卡住", "It jams on its way"),
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
TABLE = {**_REST, **FRONT}


@dataclass(frozen=True, slots=True)
class Words:
    """The table in one language, "zh" or "en"."""

    language: str

    def __call__(self, name: str, /, **values: object) -> str:
        """The words of that name with its places filled."""
        return TABLE[name][LANGUAGES.index(self.language)].format(**values)
