"""Takes the screenshots of the report in README and docs; run by `make screenshots`.

python docs/screenshots.py SITE
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

IMAGES = Path(__file__).with_name("images")
ARTICLE = "articles/2024-06-norwich-turn-down-brighton.html"


def main(site: Path) -> None:
    """Write both images."""
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        sandbox = [] if os.geteuid() else ["--no-sandbox"]  # not available for root
        chromium = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=sandbox)
        page = chromium.new_page(viewport={"width": 1100, "height": 860})
        page.goto((site / "index.html").resolve().as_uri())
        page.screenshot(path=IMAGES / "overview.png")
        page.goto((site / ARTICLE).resolve().as_uri())
        page.locator("#text").get_by_text("£18m", exact=True).nth(1).hover()
        page.get_by_role("tooltip").wait_for()
        page.screenshot(path=IMAGES / "article.png")
        chromium.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
