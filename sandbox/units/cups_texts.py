"""The texts cupsd wants in its folder: two settings files, the queue, the printer's description.

Talks to nothing. The queue gives a failed job up (``abort-job``); the description takes PDF as it
is, on A4 or A5.
"""

SERVER_CONF = """\
LogLevel info
Listen {socket}
Browsing Off
DefaultAuthType None
WebInterface No
PreserveJobHistory Yes
PreserveJobFiles No
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  JobPrivateAccess all
  JobPrivateValues none
  SubscriptionPrivateAccess all
  SubscriptionPrivateValues none
  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
"""

SERVER_FILES_CONF = """\
SystemGroup root
User {owner}
Group {owner}
ServerRoot {folder}
RequestRoot {folder}/spool
CacheDir {folder}/cache
StateDir {folder}/state
TempDir {folder}/spool/tmp
ServerBin {folder}/bin
DataDir /usr/share/cups
DocumentRoot /usr/share/cups/doc-root
AccessLog {folder}/log/access_log
ErrorLog {folder}/log/error_log
PageLog {folder}/log/page_log
Sandboxing relaxed
"""

QUEUE_CONF = """\
<Printer {queue}>
Info Page printer
DeviceURI zhenfu:/
State Idle
Accepting Yes
Shared No
ErrorPolicy abort-job
OpPolicy default
</Printer>
"""

_HEAD = """\
*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "ZFPAGE.PPD"
*Manufacturer: "ZF"
*Product: "(ZF Page Printer)"
*ModelName: "ZF Page Printer"
*ShortNickName: "ZF Page Printer"
*NickName: "ZF Page Printer"
*PSVersion: "(3010.000) 0"
*LanguageLevel: "3"
*ColorDevice: False
*DefaultColorSpace: Gray
*FileSystem: False
*cupsVersion: 2.2
*cupsFilter2: "application/pdf application/pdf 0 -"
"""
_SIZES = {"A4": (595, 842), "A5": (420, 595)}
_MARGIN_POINTS = 18


def printer_description() -> str:
    """A printer description (PPD) of a grey printer that takes PDF."""
    lines = [_HEAD.rstrip()]
    for option in ("PageSize", "PageRegion"):
        lines += [f"*OpenUI *{option}: PickOne", f"*OrderDependency: 10 AnySetup *{option}"]
        lines.append(f"*Default{option}: A4")
        lines += [f'*{option} {size}/{size}: ""' for size in _SIZES]
        lines.append(f"*CloseUI: *{option}")
    lines.append("*DefaultImageableArea: A4")
    for size, (width, height) in _SIZES.items():
        right, top = width - _MARGIN_POINTS, height - _MARGIN_POINTS
        area = f"{_MARGIN_POINTS} {_MARGIN_POINTS} {right} {top}"
        lines.append(f'*ImageableArea {size}/{size}: "{area}"')
    lines.append("*DefaultPaperDimension: A4")
    for size, (width, height) in _SIZES.items():
        lines.append(f'*PaperDimension {size}/{size}: "{width} {height}"')
    return "\n".join(lines) + "\n"
