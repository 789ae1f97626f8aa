// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/icons.h"

#include "theme/theme.h"

#include <QFile>
#include <QIconEngine>
#include <QPaintDevice>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <optional>

namespace claimsmith::app {
namespace {

/// The product mark has colours of its own.
constexpr QLatin1String mark("claimsmith");

QPixmap render(QLatin1String name, int devicePixels, const QColor& color)
{
    QPixmap pixmap(devicePixels, devicePixels);
    pixmap.fill(Qt::transparent);
    if (name.isEmpty()) // a control without an icon
        return pixmap;
    QFile file(QLatin1String(":/icons/") + name + QLatin1String(".svg"));
    if (!file.open(QIODevice::ReadOnly)) {
        qWarning("no icon is named %s", name.data());
        return pixmap;
    }
    QByteArray svg = file.readAll();
    if (name != mark)
        svg.replace("#000000", color.name().toLatin1());
    QSvgRenderer renderer(svg);
    QPainter painter(&pixmap);
    renderer.render(&painter);
    return pixmap;
}

class ThemedIconEngine final : public QIconEngine
{
public:
    ThemedIconEngine(QLatin1String name, std::optional<Role> role) : m_name(name), m_role(role) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override
    {
        paintIcon(*painter, rect, m_name, qMin(rect.width(), rect.height()), colorOf(mode, state));
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        return iconPixmap(m_name, qMin(size.width(), size.height()), 1, colorOf(mode, state));
    }

    /// Qt 6.4 gives the size in device pixels.
    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal scale) override
    {
        return iconPixmap(m_name, qRound(qMin(size.width(), size.height()) / scale), scale, colorOf(mode, state));
    }

    QIconEngine* clone() const override { return new ThemedIconEngine(*this); }

    QString iconName() override { return m_name; }

    bool isNull() override { return false; }

private:
    QColor colorOf(QIcon::Mode mode, QIcon::State state) const
    {
        if (mode == QIcon::Disabled)
            return color(Role::TextDisabled);
        if (m_role)
            return color(*m_role);
        return color(mode == QIcon::Selected || state == QIcon::On ? Role::AccentText : Role::Text2);
    }

    QLatin1String m_name;
    std::optional<Role> m_role;
};

} // namespace

QIcon themedIcon(QLatin1String name)
{
    return QIcon(new ThemedIconEngine(name, std::nullopt));
}

QIcon themedIcon(QLatin1String name, Role role)
{
    return QIcon(new ThemedIconEngine(name, role));
}

QPixmap iconPixmap(QLatin1String name, int size, qreal pixelRatio, const QColor& color)
{
    const int devicePixels = qRound(size * pixelRatio);
    const QString key = QLatin1String("claimsmith-icon:%1:%2:%3:%4")
                            .arg(name, color.name(), QString::number(devicePixels), QString::number(pixelRatio));
    QPixmap pixmap;
    if (!QPixmapCache::find(key, &pixmap)) {
        pixmap = render(name, devicePixels, color);
        pixmap.setDevicePixelRatio(pixelRatio);
        QPixmapCache::insert(key, pixmap);
    }
    return pixmap;
}

void paintIcon(QPainter& painter, const QRect& box, QLatin1String name, int size, const QColor& color)
{
    const QPoint corner(box.x() + (box.width() - size) / 2, box.y() + (box.height() - size) / 2);
    painter.drawPixmap(corner, iconPixmap(name, size, painter.device()->devicePixelRatio(), color));
}

} // namespace claimsmith::app
