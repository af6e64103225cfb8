"""What the technical log would write of an error: the error, its causes and contexts, their calls."""

import traceback


def logged(error: BaseException) -> str:
    """Give the text of the whole chain, also of contexts that are suppressed: nothing may lurk in one."""
    chain: list[BaseException] = []
    left: list[BaseException | None] = [error]
    while left:
        one = left.pop()
        if one is not None and one not in chain:
            chain.append(one)
            left += [one.__cause__, one.__context__]
    return "".join(line for one in chain for line in traceback.format_exception(one))
