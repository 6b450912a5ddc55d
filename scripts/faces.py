#!/usr/bin/env python3
"""Cuts the faces of Chinese, Hindi, Arabic and Hebrew down and packs them into crates/pdf/assets/fonts.

    mkdir faces && cd faces
    npm pack @expo-google-fonts/noto-sans-{sc@0.4.3,devanagari@0.4.1,arabic@0.4.3,hebrew@0.4.1}
    for it in *.tgz; do mkdir "${it%-0.*}" && tar xzf "$it" -C "${it%-0.*}"; done
    apt-get download unicode-data && dpkg -x unicode-data_*.deb .     # the table of Chinese characters
    python3 ../scripts/faces.py .

Needs `fonttools` and `brotli` of scripts/requirements.txt. Nothing of this runs in a build: the packed faces are
committed. The same packages give the same bytes.
"""
import bz2
import io
import pathlib
import sys

import brotli
from fontTools import subset
from fontTools.ttLib import TTFont

OUT = pathlib.Path(__file__).resolve().parent.parent / "crates/pdf/assets/fonts"
# What joins, separates and stands in for a missing letter: the shaping rules of every script ask for these.
COMMON = {0x20, 0xA0, 0x200C, 0x200D, 0x25CC}


def general_standard(folder: pathlib.Path) -> set[int]:
    """The 8,105 characters of the Table of General Standard Chinese Characters (Unihan: kTGH)."""
    lines = bz2.open(folder / "usr/share/unicode/Unihan_OtherMappings.txt.bz2", "rt")
    parts = (line.rstrip("\n").split("\t") for line in lines)
    return {int(part[0][2:], 16) for part in parts if len(part) == 3 and part[1] == "kTGH"}


def chinese(folder: pathlib.Path) -> set[int]:
    """The whole basic block (GB 2312, Big 5 and every name in traditional letters are in it), what the table has
    beyond it, punctuation, kana and full-width forms."""
    table = general_standard(folder)
    assert len(table) == 8105, len(table)
    return table | {
        character
        for first, last in [(0x4E00, 0x9FFF), (0x3000, 0x30FF), (0x2460, 0x2473), (0xFF00, 0xFFEF)]
        for character in range(first, last + 1)
    }


def blocks(*ranges: tuple[int, int]) -> set[int]:
    return COMMON.union(*(range(first, last + 1) for first, last in ranges))


def pack(source: pathlib.Path, characters: set[int], features: list[str]) -> None:
    font = TTFont(source, recalcTimestamp=False)
    assert font["OS/2"].fsType == 0, "the face may not be embedded"
    options = subset.Options(
        hinting=False, glyph_names=False, notdef_outline=True, name_IDs=["*"], layout_features=features,
        drop_tables=["BASE", "STAT", "VORG", "vhea", "vmtx", "gasp", "prep", "GlyphOrder"],
    )
    cut = subset.Subsetter(options)
    cut.populate(unicodes=characters)
    cut.subset(font)
    file = io.BytesIO()
    font.save(file)
    packed = brotli.compress(file.getvalue(), quality=11, lgwin=24)
    out = OUT / (source.name.replace("_400", "-").replace(".ttf", ".ttf.br"))
    out.write_bytes(packed)
    glyphs, mapped = len(font.getGlyphOrder()), len(font.getBestCmap())
    print(f"{out.name}: {mapped} characters, {glyphs} glyphs, {len(file.getvalue())} bytes, packed {len(packed)}")


def main(folder: pathlib.Path) -> None:
    def face(name: str, file: str) -> pathlib.Path:
        return folder / f"expo-google-fonts-noto-sans-{name}/package/400Regular/{file}_400Regular.ttf"

    # Chinese is set character by character.
    pack(face("sc", "NotoSansSC"), chinese(folder), [])
    pack(face("devanagari", "NotoSansDevanagari"),
         blocks((0x0900, 0x097F), (0xA8E0, 0xA8FF), (0x1CD0, 0x1CFF), (0x20B9, 0x20B9)), ["*"])
    pack(face("arabic", "NotoSansArabic"),
         blocks((0x0600, 0x06FF), (0x0750, 0x077F), (0x08A0, 0x08FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC)), ["*"])
    pack(face("hebrew", "NotoSansHebrew"), blocks((0x0590, 0x05FF), (0xFB1D, 0xFB4F)), ["*"])


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "."))
