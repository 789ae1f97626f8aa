// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/appearancesettings.h"

#include <QSettings>

namespace claimsmith::app {
namespace {

const auto schemeKey = QStringLiteral("appearance/scheme");
const auto contrastKey = QStringLiteral("appearance/highContrast");
const auto interfaceFamilyKey = QStringLiteral("appearance/interfaceFamily");
const auto editorFamilyKey = QStringLiteral("appearance/editorFamily");
const auto interfacePixelsKey = QStringLiteral("appearance/interfacePixels");
const auto editorPixelsKey = QStringLiteral("appearance/editorPixels");
const auto densityKey = QStringLiteral("appearance/density");
const auto motionKey = QStringLiteral("appearance/motion");
const auto railLabelsKey = QStringLiteral("appearance/railLabels");

constexpr int smallestPixels = 9;
constexpr int largestPixels = 26;

const QStringList schemes{QStringLiteral("system"), QStringLiteral("light"), QStringLiteral("dark")};
const QStringList densities{QStringLiteral("compact"), QStringLiteral("normal"), QStringLiteral("relaxed")};
const QStringList motions{QStringLiteral("system"), QStringLiteral("on"), QStringLiteral("off")};

/// The enumerator whose word is stored; words keep their meaning when an enumeration changes.
template <class Enum>
Enum wordAs(const QSettings& settings, const QString& key, const QStringList& words, Enum fallback)
{
    const qsizetype index = words.indexOf(settings.value(key).toString());
    return index < 0 ? fallback : static_cast<Enum>(index);
}

int pixelsAs(const QSettings& settings, const QString& key, int fallback)
{
    const int pixels = settings.value(key, fallback).toInt();
    return pixels >= smallestPixels && pixels <= largestPixels ? pixels : fallback;
}

} // namespace

Appearance loadAppearance(const QSettings& settings)
{
    const Appearance defaults;
    Appearance appearance;
    appearance.scheme = wordAs(settings, schemeKey, schemes, defaults.scheme);
    appearance.highContrast = settings.value(contrastKey, defaults.highContrast).toBool();
    appearance.interfaceFamily = settings.value(interfaceFamilyKey).toString();
    appearance.editorFamily = settings.value(editorFamilyKey).toString();
    appearance.interfacePixels = pixelsAs(settings, interfacePixelsKey, defaults.interfacePixels);
    appearance.editorPixels = pixelsAs(settings, editorPixelsKey, defaults.editorPixels);
    appearance.density = wordAs(settings, densityKey, densities, defaults.density);
    appearance.motion = wordAs(settings, motionKey, motions, defaults.motion);
    appearance.railLabels = settings.value(railLabelsKey, defaults.railLabels).toBool();
    return appearance;
}

void saveAppearance(QSettings& settings, const Appearance& appearance)
{
    settings.setValue(schemeKey, schemes.at(static_cast<int>(appearance.scheme)));
    settings.setValue(contrastKey, appearance.highContrast);
    settings.setValue(interfaceFamilyKey, appearance.interfaceFamily);
    settings.setValue(editorFamilyKey, appearance.editorFamily);
    settings.setValue(interfacePixelsKey, appearance.interfacePixels);
    settings.setValue(editorPixelsKey, appearance.editorPixels);
    settings.setValue(densityKey, densities.at(static_cast<int>(appearance.density)));
    settings.setValue(motionKey, motions.at(static_cast<int>(appearance.motion)));
    settings.setValue(railLabelsKey, appearance.railLabels);
}

} // namespace claimsmith::app
