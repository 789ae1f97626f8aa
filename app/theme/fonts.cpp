// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/fonts.h"

#include "theme/theme.h"

#include <QFontDatabase>
#include <QFontInfo>

#include <array>

namespace claimsmith::app {
namespace {

constexpr double bodyPixels = 13;
constexpr double monoPixels = 12;

struct StyleData
{
    TextStyle style;
    bool mono;
    int pixels;
    int line;
    QFont::Weight weight;
};

/// In the order of the enumeration.
constexpr std::array<StyleData, textStyleCount> styles = {{
    {TextStyle::Hero, false, 24, 32, QFont::DemiBold},
    {TextStyle::Page, false, 20, 28, QFont::DemiBold},
    {TextStyle::Section, false, 15, 20, QFont::DemiBold},
    {TextStyle::Large, false, 15, 20, QFont::Normal},
    {TextStyle::Title, false, 13, 20, QFont::DemiBold},
    {TextStyle::Body, false, 13, 20, QFont::Normal},
    {TextStyle::BodyStrong, false, 13, 20, QFont::Medium},
    {TextStyle::Small, false, 12, 16, QFont::Normal},
    {TextStyle::SmallStrong, false, 12, 16, QFont::Medium},
    {TextStyle::SmallBold, false, 12, 16, QFont::DemiBold},
    {TextStyle::Caption, false, 11, 16, QFont::Medium},
    {TextStyle::PageMono, true, 20, 28, QFont::Normal},
    {TextStyle::Mono, true, 12, 20, QFont::Normal},
    {TextStyle::MonoLarge, true, 13, 24, QFont::Normal},
    {TextStyle::MonoSmall, true, 11, 16, QFont::Normal},
    {TextStyle::Method, true, 11, 16, QFont::DemiBold},
    {TextStyle::Keycap, true, 10, 16, QFont::Normal},
}};

const StyleData& dataOf(TextStyle style)
{
    return styles.at(static_cast<std::size_t>(style));
}

double scaleOf(const StyleData& data)
{
    const Appearance& appearance = Theme::instance().appearance();
    return data.mono ? appearance.editorPixels / monoPixels : appearance.interfacePixels / bodyPixels;
}

QString familyOf(const StyleData& data)
{
    const Appearance& appearance = Theme::instance().appearance();
    const QString& chosen = data.mono ? appearance.editorFamily : appearance.interfaceFamily;
    if (!chosen.isEmpty())
        return chosen;
    return data.mono ? QStringLiteral("Claimsmith Mono") : QStringLiteral("Claimsmith Sans");
}

} // namespace

bool loadBundledFonts()
{
    static const bool loaded = [] {
        bool all = true;
        for (const char* file :
             {"claimsmith-sans-regular.otf", "claimsmith-sans-medium.otf", "claimsmith-sans-semibold.otf",
              "claimsmith-mono-regular.ttf", "claimsmith-mono-semibold.ttf"})
            all = QFontDatabase::addApplicationFont(QStringLiteral(":/fonts/") + QLatin1String(file)) >= 0 && all;
        return all;
    }();
    return loaded;
}

QFont textFont(TextStyle style)
{
    const StyleData& data = dataOf(style);
    QFont font(familyOf(data));
    font.setPixelSize(qRound(data.pixels * scaleOf(data)));
    font.setWeight(data.weight);
    if (data.mono)
        font.setStyleHint(QFont::Monospace);
    return font;
}

int lineHeight(TextStyle style)
{
    const StyleData& data = dataOf(style);
    return qRound(data.line * scaleOf(data));
}

QFont textPointFont(TextStyle style, int logicalDpi)
{
    QFont result = textFont(style);
    result.setPointSizeF(result.pixelSize() * 72.0 / logicalDpi);
    return result;
}

} // namespace claimsmith::app
