"""The page a technician prints.

What a reader would get wrong: it is looked at by a person; printing it proves only that the
server gave it to the printer.
"""

from __future__ import annotations

from core.document import Report, Section, Table

RARE = "𠮷 䶮 㛃 𫠊"


def sample_report() -> Report:
    """Both languages, rare characters and a table."""
    return Report(
        "打印测试 Print test",
        (
            Section(
                "文字 Text",
                (
                    "中文：，。（）￥《》！先诊疗后付费，一次结算。",
                    "English: the quick brown fox jumps over the lazy dog.",
                    f"生僻字 Rare characters: {RARE}",
                ),
            ),
            Section(
                "表格 Table",
                tables=(
                    Table(
                        ("项目 Item", "金额 Amount"),
                        (("阿莫西林胶囊 0.25g×24 粒", "¥12.34"), (RARE, "¥1,234,567.89")),
                    ),
                ),
            ),
        ),
    )
