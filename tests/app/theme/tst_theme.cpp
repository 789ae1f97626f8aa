// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testing.h"
#include "theme/metrics.h"
#include "theme/theme.h"

#include <QFile>
#include <QFontInfo>
#include <QFontMetricsF>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPainter>
#include <QWidget>

#include <cmath>

using namespace claimsmith::app;

namespace {

struct Allowed
{
    Role text;
    std::vector<Role> grounds;
    double lowestLight;
    double lowestDark;
};

/// Where each text role may stand, and the lowest contrast that the design states for it.
const std::vector<Allowed> allowed = {
    {Role::Text,
     {Role::BgWindow, Role::BgRail, Role::BgPanel, Role::BgSurface, Role::BgRaised, Role::BgSunken, Role::BgHover,
      Role::BgSelected, Role::DiffAddBg, Role::DiffChangeBg, Role::DiffRemoveBg, Role::OkBg, Role::WarnBg, Role::BadBg,
      Role::InfoBg, Role::AccentBg},
     13.96,
     10.67},
    {Role::Text2,
     {Role::BgWindow, Role::BgRail, Role::BgPanel, Role::BgSurface, Role::BgRaised, Role::BgSunken, Role::BgHover,
      Role::BgSelected, Role::BgChip, Role::DiffAddBg, Role::DiffChangeBg, Role::DiffRemoveBg, Role::OkBg, Role::WarnBg,
      Role::BadBg, Role::InfoBg, Role::AccentBg},
     6.42,
     6.47},
    {Role::Text3,
     {Role::BgWindow, Role::BgRail, Role::BgPanel, Role::BgSurface, Role::BgRaised, Role::BgSunken, Role::BgHover,
      Role::BgSelected, Role::DiffAddBg, Role::DiffChangeBg, Role::DiffRemoveBg, Role::AccentBg, Role::OkBg,
      Role::BadBg, Role::BgChip},
     4.66,
     4.66},
    {Role::TextOnAccent, {Role::Accent, Role::AccentHover, Role::AccentPressed}, 6.07, 4.65},
    {Role::AccentText,
     {Role::BgWindow, Role::BgRail, Role::BgPanel, Role::BgSurface, Role::BgRaised, Role::AccentBg, Role::BgSelected,
      Role::BgSunken, Role::BgHover},
     5.53,
     6.02},
    {Role::Ok,
     {Role::BgWindow, Role::BgPanel, Role::BgSurface, Role::OkBg, Role::BgSunken, Role::BgSelected, Role::DiffAddBg,
      Role::DiffRemoveBg},
     4.72,
     6.57},
    {Role::Warn,
     {Role::BgWindow, Role::BgPanel, Role::BgSurface, Role::WarnBg, Role::BgSunken, Role::BgSelected,
      Role::DiffChangeBg},
     5.32,
     6.91},
    {Role::Bad,
     {Role::BgWindow, Role::BgPanel, Role::BgSurface, Role::BadBg, Role::BgSunken, Role::BgSelected,
      Role::DiffRemoveBg},
     5.14,
     5.58},
    {Role::Info,
     {Role::BgWindow, Role::BgPanel, Role::BgSurface, Role::InfoBg, Role::BgSunken, Role::BgSelected},
     5.39,
     6.28},
    {Role::JwtHeader, {Role::BgSurface, Role::BgPanel, Role::JwtHeaderBg, Role::OkBg, Role::DiffAddBg}, 5.60, 6.43},
    {Role::JwtPayload, {Role::BgSurface, Role::BgPanel, Role::JwtPayloadBg, Role::OkBg, Role::DiffAddBg}, 6.23, 6.59},
    {Role::JwtSignature,
     {Role::BgSurface, Role::BgPanel, Role::JwtSignatureBg, Role::OkBg, Role::DiffAddBg},
     5.09,
     7.05},
    {Role::MGet, {Role::BgPanel, Role::BgSurface, Role::BgSelected}, 4.72, 6.57},
    {Role::MPost, {Role::BgPanel, Role::BgSurface, Role::BgSelected}, 5.32, 6.91},
    {Role::MPut, {Role::BgPanel, Role::BgSurface, Role::BgSelected}, 5.39, 6.28},
    {Role::MPatch, {Role::BgPanel, Role::BgSurface, Role::BgSelected}, 6.05, 5.80},
    {Role::MDelete, {Role::BgPanel, Role::BgSurface, Role::BgSelected}, 5.14, 5.58},
    {Role::MOther, {Role::BgPanel, Role::BgSurface, Role::BgSelected}, 6.42, 6.47},
    {Role::SynKey, {Role::BgSurface, Role::BgSunken, Role::AccentBg, Role::BadBg, Role::OkBg}, 6.77, 7.00},
    {Role::SynString, {Role::BgSurface, Role::BgSunken, Role::AccentBg, Role::BadBg, Role::OkBg}, 4.89, 7.58},
    {Role::SynNumber, {Role::BgSurface, Role::BgSunken, Role::AccentBg, Role::BadBg, Role::OkBg}, 5.54, 7.03},
    {Role::SynConst, {Role::BgSurface, Role::BgSunken, Role::AccentBg, Role::BadBg, Role::OkBg}, 6.20, 6.66},
    {Role::SynPunct, {Role::BgSurface, Role::BgSunken, Role::AccentBg, Role::BadBg, Role::OkBg}, 4.62, 4.77},
    {Role::SynComment, {Role::BgSurface, Role::BgSunken, Role::AccentBg, Role::BadBg, Role::OkBg}, 4.69, 4.54},
    {Role::SynGutter, {Role::BgSurface}, 4.72, 4.86},
};

constexpr double textFloor = 4.5;
constexpr double markFloor = 3.0;

/// WCAG 2.1, relative luminance.
double luminance(const QColor& color)
{
    const auto channel = [](double value) {
        return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * channel(color.redF()) + 0.7152 * channel(color.greenF()) + 0.0722 * channel(color.blueF());
}

double contrast(const QColor& one, const QColor& other)
{
    const double a = luminance(one);
    const double b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

QByteArray nameOf(Role role)
{
    const std::string_view name = roleName(role);
    return {name.data(), static_cast<qsizetype>(name.size())};
}

void setScheme(Appearance::Scheme scheme)
{
    Appearance appearance = Theme::instance().appearance();
    appearance.scheme = scheme;
    Theme::instance().setAppearance(appearance);
}

QJsonObject tokens()
{
    QFile file(QStringLiteral(":/theme/tokens.json"));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

} // namespace

class TestTheme final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void everyRoleHasAColorInBothThemes();
    void textStandsOutFromItsGrounds_data();
    void textStandsOutFromItsGrounds();
    void marksStandOut_data();
    void marksStandOut();
    void sizesAreThoseOfTheTokens_data();
    void sizesAreThoseOfTheTokens();
    void bundledFontsResolve();
    void digitsAreTabular();
    void monoHasNoLigatures();
    void highContrastStrengthensLines();
    void markedWidgetsFollowASwitch();
};

void TestTheme::initTestCase()
{
    Theme::instance().install({});
}

void TestTheme::everyRoleHasAColorInBothThemes()
{
    const QJsonObject colors = tokens().value(QStringLiteral("color")).toObject();
    QCOMPARE(static_cast<std::size_t>(colors.size()), roleCount);
    for (std::size_t index = 0; index < roleCount; ++index) {
        const QString name = QString::fromLatin1(nameOf(static_cast<Role>(index)));
        for (const auto scheme : {Appearance::Scheme::Light, Appearance::Scheme::Dark}) {
            setScheme(scheme);
            const QString key = scheme == Appearance::Scheme::Light ? QStringLiteral("light") : QStringLiteral("dark");
            const QColor expected(colors.value(name).toObject().value(key).toString());
            QVERIFY2(expected.isValid(), qPrintable(name));
            QCOMPARE(color(static_cast<Role>(index)), expected);
        }
    }
}

void TestTheme::textStandsOutFromItsGrounds_data()
{
    QTest::addColumn<int>("row");
    for (std::size_t row = 0; row < allowed.size(); ++row)
        QTest::newRow(nameOf(allowed[row].text).constData()) << static_cast<int>(row);
}

void TestTheme::textStandsOutFromItsGrounds()
{
    QFETCH(int, row);
    const Allowed& entry = allowed.at(static_cast<std::size_t>(row));
    for (const auto scheme : {Appearance::Scheme::Light, Appearance::Scheme::Dark}) {
        setScheme(scheme);
        double lowest = 21;
        for (const Role ground : entry.grounds) {
            const double ratio = contrast(color(entry.text), color(ground));
            QVERIFY2(ratio >= textFloor, (nameOf(ground) + " gives " + QByteArray::number(ratio)).constData());
            lowest = std::min(lowest, ratio);
        }
        const double stated = scheme == Appearance::Scheme::Light ? entry.lowestLight : entry.lowestDark;
        QVERIFY2(std::abs(lowest - stated) < 0.01, QByteArray::number(lowest).constData());
    }
}

void TestTheme::marksStandOut_data()
{
    QTest::addColumn<int>("role");
    for (const Role role :
         {Role::LineControl, Role::LineFocus, Role::OkSolid, Role::WarnSolid, Role::BadSolid, Role::InfoSolid})
        QTest::newRow(nameOf(role).constData()) << static_cast<int>(role);
}

void TestTheme::marksStandOut()
{
    QFETCH(int, role);
    for (const auto scheme : {Appearance::Scheme::Light, Appearance::Scheme::Dark}) {
        setScheme(scheme);
        for (const Role ground : {Role::BgWindow, Role::BgRail, Role::BgPanel, Role::BgSurface})
            QVERIFY2(contrast(color(static_cast<Role>(role)), color(ground)) >= markFloor, nameOf(ground).constData());
    }
}

void TestTheme::sizesAreThoseOfTheTokens_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("value");
    const auto row = [](const char* name, int value) { QTest::newRow(name) << QString::fromLatin1(name) << value; };
    row("topbar", metrics::topBar);
    row("rail", metrics::rail);
    row("railNarrow", metrics::railNarrow);
    row("railItem", metrics::railItem);
    row("status", metrics::statusBar);
    row("tabs", metrics::tabBar);
    row("panelHeader", metrics::panelHeader);
    row("toolbar", metrics::toolbar);
    row("row", metrics::row);
    row("rowCompact", metrics::rowCompact);
    row("rowRelaxed", metrics::rowRelaxed);
    row("control", metrics::control);
    row("controlSmall", metrics::controlSmall);
    row("controlLarge", metrics::controlLarge);
    row("iconButton", metrics::iconButton);
    row("splitter", metrics::splitter);
    row("scrollbar", metrics::scrollBar);
}

void TestTheme::sizesAreThoseOfTheTokens()
{
    QFETCH(QString, name);
    QFETCH(int, value);
    QCOMPARE(value, tokens().value(QStringLiteral("size")).toObject().value(name).toInt(-1));
}

void TestTheme::bundledFontsResolve()
{
    QVERIFY(loadBundledFonts());
    for (int style = 0; style < textStyleCount; ++style) {
        const QFont font = textFont(static_cast<TextStyle>(style));
        QCOMPARE(QFontInfo(font).family(), font.family());
    }
}

void TestTheme::digitsAreTabular()
{
    const QFontMetricsF metrics(textFont(TextStyle::Body));
    const qreal zeros = metrics.horizontalAdvance(QStringLiteral("0000000000"));
    for (char digit = '1'; digit <= '9'; ++digit)
        QCOMPARE(metrics.horizontalAdvance(QString(10, QLatin1Char(digit))), zeros);
}

void TestTheme::monoHasNoLigatures()
{
    // A ligature of JetBrains Mono keeps the width, so pixels decide: the pair must equal its parts drawn apart.
    const QFont font = textFont(TextStyle::PageMono);
    const qreal advance = QFontMetricsF(font).horizontalAdvance(QLatin1Char('='));
    QImage together(60, 30, QImage::Format_RGB32);
    QImage apart = together;
    together.fill(Qt::white);
    apart.fill(Qt::white);
    QPainter one(&together);
    one.setFont(font);
    one.drawText(QPointF(4, 22), QStringLiteral("=>"));
    one.end();
    QPainter two(&apart);
    two.setFont(font);
    two.drawText(QPointF(4, 22), QStringLiteral("="));
    two.drawText(QPointF(4 + advance, 22), QStringLiteral(">"));
    two.end();
    QCOMPARE(together, apart);
}

void TestTheme::highContrastStrengthensLines()
{
    setScheme(Appearance::Scheme::Light);
    const QColor quiet = color(Role::Text3);
    Appearance appearance = Theme::instance().appearance();
    appearance.highContrast = true;
    Theme::instance().setAppearance(appearance);
    QCOMPARE(color(Role::LineStrong), quiet);
    QCOMPARE(color(Role::Text3), color(Role::Text2));
    QCOMPARE(color(Role::DiffAddBg), color(Role::OkBg));
    appearance.highContrast = false;
    Theme::instance().setAppearance(appearance);
    QCOMPARE(color(Role::Text3), quiet);
}

void TestTheme::markedWidgetsFollowASwitch()
{
    setScheme(Appearance::Scheme::Light);
    QWidget widget;
    setTextRole(&widget, Role::Bad);
    setTextStyle(&widget, TextStyle::Small);
    QCOMPARE(widget.palette().color(QPalette::Text), color(Role::Bad));
    setScheme(Appearance::Scheme::Dark);
    QCOMPARE(widget.palette().color(QPalette::Text), color(Role::Bad));
    Appearance appearance = Theme::instance().appearance();
    appearance.interfacePixels = 26;
    Theme::instance().setAppearance(appearance);
    QCOMPARE(widget.font().pixelSize(), 24);
    appearance.interfacePixels = 13;
    Theme::instance().setAppearance(appearance);
}

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
