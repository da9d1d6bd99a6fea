"""The reading child: parses one untrusted file under limits of memory and time, and answers on a pipe.

Run as a script by ``reader.py`` in isolated mode, without Django and without site-packages on the path but
the one of the parser. Dies with its parent: the end of standard input ends it.
"""

import gc
import marshal
import os
import sys

BATCH_ROWS = 512


def limit_resources(limits: dict) -> None:
    """Bound address space, processor time and files, where the system knows such limits."""
    import resource

    seconds = int(limits["seconds"]) + 1
    for name, value in (
        ("RLIMIT_AS", limits["memory_bytes"]),
        ("RLIMIT_CPU", seconds),
        ("RLIMIT_FSIZE", 0),
        ("RLIMIT_CORE", 0),
    ):
        try:
            resource.setrlimit(getattr(resource, name), (value, value))
        except (ValueError, OSError):
            # macOS refuses RLIMIT_AS; the parent's wall clock still bounds the child.
            continue


def ask() -> dict | None:
    """Return the next request of the parent, None when it is gone. Only the parent can write to this pipe."""
    try:
        return marshal.load(sys.stdin.buffer)
    except EOFError:
        return None


def answer(head: dict, text: str = "") -> None:
    """Write one frame to the parent."""
    from common.sheets.wire import pack

    data = memoryview(pack(head, text))
    while data:
        data = data[os.write(1, data) :]


def open_source(request: dict):
    """Return the source for the kind of file that the parent recognised."""
    if request["kind"] == "csv":
        from common.sheets.child_csv import CsvSource

        return CsvSource(request)
    from common.sheets.child_excel import ExcelSource

    return ExcelSource(request)


def serve(source) -> None:
    """Answer requests for batches until the parent closes the pipe.

    A request names the sheet and the number of the batch; going on is cheap, going back starts anew.
    """
    from common.sheets.wire import encode_rows

    state: dict[int, tuple[int, object]] = {}
    while request := ask():
        sheet, wanted = request["sheet"], request["batch"]
        at, batches = state.get(sheet, (-1, None))
        if batches is None or at != wanted:
            at, batches = 0, source.sheets[sheet].batches(BATCH_ROWS)
            while at < wanted and next(batches, None) is not None:
                at += 1
        batch = next(batches, None)
        if batch is None:
            state.pop(sheet, None)
            answer({"end": True})
            continue
        state[sheet] = (wanted + 1, batches)
        answer(*encode_rows(*batch))


def describe(error: BaseException) -> dict:
    """Return the code by which the parent explains the failure to a person."""
    name = type(error).__name__
    codes = {
        "MemoryError": "too_heavy",
        "TooLong": "too_many_rows",
        "TooWide": "too_many_columns",
        "PasswordError": "encrypted",
        "NotText": "not_text",
    }
    detail = error.args[0] if name == "TooWide" else None
    return {"error": codes.get(name, "damaged"), "detail": detail}


def main() -> None:
    request = ask()
    if request is None:
        return
    limit_resources(request["limits"])
    gc.disable()  # Short-lived, and all that it makes are lists of plain values.
    try:
        source = open_source(request)
        sheets = [sheet.info() for sheet in source.sheets]
        answer({"sheets": sheets})
        serve(source)
    except BaseException as error:
        # Also panics of the native parser, which are no Exception: whatever happens here, the file is bad.
        answer(describe(error))
    os._exit(0)


if __name__ == "__main__":
    sys.path.extend(sys.argv[1:])
    main()
