"""Forms whose consequences are shown first: answered as by somebody who reads them and goes on."""

from typing import Any

from tests.support.client import Client


def read_on(client: Client, address: str, data: dict[str, Any]) -> Any:
    """The answer to the form once what it leads to was shown; the first one where nothing follows."""
    answer = client.post(address, data=data)
    if 'name="seen"' not in answer.text:
        return answer
    return client.post(address, data=data | {"seen": sign_in_page(answer.text)})


def sign_in_page(page: str) -> str:
    """What a page says its consequences are."""
    return page.split('name="seen" value="')[1].split('"')[0]
