#!/usr/bin/python3
# SPDX-FileCopyrightText: Claimsmith developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the bundled fonts from Debian's fonts-inter and fonts-jetbrains-mono (python3-fonttools does the work).

Qt before 6.7 can switch no OpenType feature and QScintilla drops font strategies, so two choices are frozen into the files:
tabular digits in the interface face, no ligatures in the mono face. Changed fonts carry names of their own.
"""

from pathlib import Path

from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent
INTER = Path("/usr/share/fonts/opentype/inter")
JETBRAINS = Path("/usr/share/fonts/truetype/jetbrains-mono")


def single_substitutions(font, tag):
    """The one-to-one glyph replacements that the feature `tag` makes."""
    table = font["GSUB"].table
    lookups = {index for record in table.FeatureList.FeatureRecord if record.FeatureTag == tag
               for index in record.Feature.LookupListIndex}
    pairs = {}
    for index in sorted(lookups):
        for subtable in table.LookupList.Lookup[index].SubTable:
            subtable = getattr(subtable, "ExtSubTable", subtable)
            pairs.update(getattr(subtable, "mapping", {}))
    return pairs


def freeze_tabular_digits(font):
    tabular = single_substitutions(font, "tnum")
    for table in font["cmap"].tables:
        for digit in "0123456789":
            glyph = table.cmap.get(ord(digit))
            if glyph in tabular:
                table.cmap[ord(digit)] = tabular[glyph]


def drop_features(font, tags):
    """Lets no script or language reach the features any more; the lookups stay, unused."""
    table = font["GSUB"].table
    dropped = {index for index, record in enumerate(table.FeatureList.FeatureRecord) if record.FeatureTag in tags}
    for script in table.ScriptList.ScriptRecord:
        systems = [script.Script.DefaultLangSys] + [record.LangSys for record in script.Script.LangSysRecord]
        for system in filter(None, systems):
            system.FeatureIndex = [index for index in system.FeatureIndex if index not in dropped]
            system.FeatureCount = len(system.FeatureIndex)


def rename(font, family, style):
    names = font["name"]
    full = f"{family} {style}"
    postscript = f"{family.replace(' ', '')}-{style.replace(' ', '')}"
    legacy_family = family if style == "Regular" else full
    values = {1: legacy_family, 2: "Regular", 3: postscript, 4: full, 6: postscript, 16: family, 17: style}
    for name_id in (*values, 21, 22, 25):
        names.removeNames(nameID=name_id)
    for name_id, value in values.items():
        if style == "Regular" and name_id in (16, 17):
            continue
        names.setName(value, name_id, 3, 1, 0x409)
    if "CFF " in font:
        cff = font["CFF "].cff
        cff.fontNames = [postscript]
        cff.topDictIndex[0].FullName = full
        cff.topDictIndex[0].FamilyName = family


def main():
    for style, source in (("Regular", "Inter-Regular"), ("Medium", "Inter-Medium"), ("SemiBold", "Inter-SemiBold")):
        font = TTFont(INTER / f"{source}.otf", recalcTimestamp=False)
        freeze_tabular_digits(font)
        rename(font, "Claimsmith Sans", style)
        font.save(HERE / f"claimsmith-sans-{style.lower()}.otf")
    for style, source in (("Regular", "JetBrainsMono-Regular"), ("SemiBold", "JetBrainsMono-SemiBold")):
        font = TTFont(JETBRAINS / f"{source}.ttf", recalcTimestamp=False)
        drop_features(font, {"calt", "liga"})
        rename(font, "Claimsmith Mono", style)
        font.save(HERE / f"claimsmith-mono-{style.lower()}.ttf")


if __name__ == "__main__":
    main()
