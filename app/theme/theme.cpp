// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/theme.h"

#include "theme/claimstyle.h"
#include "theme/focusring.h"
#include "theme/metrics.h"
#include "theme/systemscheme.h"

#include <QApplication>
#include <QFile>
#include <QFontMetrics>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPixmapCache>
#include <QWidget>

#include <optional>

namespace claimsmith::app {
namespace {

constexpr const char* textRoleProperty = "claimsmithTextRole";
constexpr const char* fillRoleProperty = "claimsmithFillRole";
constexpr const char* textStyleProperty = "claimsmithTextStyle";

QJsonObject tokens()
{
    QFile file(QStringLiteral(":/theme/tokens.json"));
    if (!file.open(QIODevice::ReadOnly)) {
        qWarning("the colours of the theme are missing from the program");
        return {};
    }
    return QJsonDocument::fromJson(file.readAll()).object();
}

/// High contrast lets some roles take the value of a stronger one.
Role strengthened(Role role)
{
    switch (role) {
    case Role::LineStrong:
        return Role::Text3;
    case Role::Line:
        return Role::LineStrong;
    case Role::Text3:
        return Role::Text2;
    case Role::DiffAddBg:
        return Role::OkBg;
    case Role::DiffChangeBg:
        return Role::WarnBg;
    case Role::DiffRemoveBg:
        return Role::BadBg;
    default:
        return role;
    }
}

std::optional<int> markOf(const QWidget* widget, const char* property)
{
    const QVariant mark = widget->property(property);
    return mark.isValid() ? std::optional(mark.toInt()) : std::nullopt;
}

/// Sets only roles that one palette needs, so that the rest goes on following the application's.
void refreshMarks(QWidget* widget)
{
    const auto textRole = markOf(widget, textRoleProperty);
    const auto fillRole = markOf(widget, fillRoleProperty);
    if (textRole || fillRole) {
        QPalette palette;
        palette.setResolveMask(0);
        if (textRole) {
            // Below the viewport of a scroll area a label's foreground role is Text.
            for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
                palette.setColor(role, color(static_cast<Role>(*textRole)));
            for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
                palette.setColor(QPalette::Disabled, role, color(Role::TextDisabled));
        }
        if (fillRole) {
            for (const auto role : {QPalette::Window, QPalette::Base})
                palette.setColor(role, color(static_cast<Role>(*fillRole)));
        }
        widget->setPalette(palette);
    }
    if (const auto style = markOf(widget, textStyleProperty))
        widget->setFont(textFont(static_cast<TextStyle>(*style)));
}

} // namespace

Theme& Theme::instance()
{
    static Theme theme;
    return theme;
}

Theme::Theme()
{
    loadColors();
}

void Theme::install(const Appearance& appearance)
{
    m_appearance = appearance;
    if (m_installed) {
        apply();
        return;
    }
    m_installed = true;
    if (!loadBundledFonts())
        qWarning("the bundled fonts could not be loaded");
    m_system = new SystemScheme(qApp);
    connect(m_system, &SystemScheme::changed, this, [this] {
        if (m_appearance.scheme == Appearance::Scheme::System)
            apply();
    });
    QApplication::setStyle(new ClaimStyle);
    new FocusRing(qApp);
    apply();
}

void Theme::setAppearance(const Appearance& appearance)
{
    if (m_appearance == appearance)
        return;
    m_appearance = appearance;
    if (m_installed)
        apply();
    else
        loadColors();
}

void Theme::apply()
{
    loadColors();
    QPixmapCache::clear();
    QApplication::setPalette(palette());
    QApplication::setFont(textFont(TextStyle::Body));
    const QWidgetList widgets = QApplication::allWidgets();
    for (QWidget* widget : widgets)
        refreshMarks(widget);
    emit changed();
    for (QWidget* widget : widgets) {
        widget->updateGeometry();
        widget->update();
    }
}

void Theme::loadColors()
{
    m_dark = m_appearance.scheme == Appearance::Scheme::Dark ||
             (m_appearance.scheme == Appearance::Scheme::System && m_system && m_system->isDark());
    for (std::size_t index = 0; index < roleCount; ++index) {
        const auto role = static_cast<Role>(index);
        m_colors[index] = schemeColor(m_appearance.highContrast ? strengthened(role) : role, m_dark);
    }
}

int Theme::rowHeight() const
{
    int height = metrics::row;
    if (m_appearance.density != Appearance::Density::Normal)
        height = m_appearance.density == Appearance::Density::Compact ? metrics::rowCompact : metrics::rowRelaxed;
    return qMax(height, QFontMetrics(textFont(TextStyle::Body)).height() + 8);
}

int Theme::duration(int milliseconds) const
{
    switch (m_appearance.motion) {
    case Appearance::Motion::On:
        return milliseconds;
    case Appearance::Motion::Off:
        return 0;
    case Appearance::Motion::System:
        break;
    }
    return QApplication::isEffectEnabled(Qt::UI_General) ? milliseconds : 0;
}

QPalette Theme::palette() const
{
    QPalette palette;
    const auto set = [this, &palette](QPalette::ColorRole target, Role role) { palette.setColor(target, color(role)); };
    set(QPalette::Window, Role::BgWindow);
    set(QPalette::WindowText, Role::Text);
    set(QPalette::Base, Role::BgSurface);
    set(QPalette::AlternateBase, Role::BgPanel);
    set(QPalette::Text, Role::Text);
    set(QPalette::PlaceholderText, Role::Text3);
    set(QPalette::Button, Role::BgControl);
    set(QPalette::ButtonText, Role::Text);
    set(QPalette::BrightText, Role::TextOnAccent);
    set(QPalette::Highlight, Role::BgSelected);
    set(QPalette::HighlightedText, Role::Text);
    set(QPalette::Link, Role::AccentText);
    set(QPalette::LinkVisited, Role::AccentText);
    set(QPalette::ToolTipBase, Role::BgRaised);
    set(QPalette::ToolTipText, Role::Text);
    set(QPalette::Light, Role::BgRaised);
    set(QPalette::Midlight, Role::LineSubtle);
    set(QPalette::Mid, Role::Line);
    set(QPalette::Dark, Role::LineStrong);
    set(QPalette::Shadow, Role::LineStrong);
#if QT_VERSION >= QT_VERSION_CHECK(6, 6, 0)
    set(QPalette::Accent, Role::Accent);
#endif
    palette.setColor(QPalette::Inactive, QPalette::Highlight, color(Role::BgSelectedInactive));
    for (const auto target : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        palette.setColor(QPalette::Disabled, target, color(Role::TextDisabled));
    return palette;
}

QColor color(Role role)
{
    return Theme::instance().color(role);
}

QColor schemeColor(Role role, bool dark)
{
    static const QJsonObject values = tokens().value(QLatin1String("color")).toObject();
    const std::string_view name = roleName(role);
    const QString key = QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
    return QColor(values.value(key).toObject().value(dark ? QLatin1String("dark") : QLatin1String("light")).toString());
}

void setTextRole(QWidget* widget, Role role)
{
    widget->setProperty(textRoleProperty, static_cast<int>(role));
    refreshMarks(widget);
}

void setTextStyle(QWidget* widget, TextStyle style)
{
    widget->setProperty(textStyleProperty, static_cast<int>(style));
    refreshMarks(widget);
}

void setFillRole(QWidget* widget, Role role)
{
    widget->setAutoFillBackground(true);
    widget->setProperty(fillRoleProperty, static_cast<int>(role));
    refreshMarks(widget);
}

} // namespace claimsmith::app
