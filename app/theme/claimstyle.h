// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

namespace claimsmith::app {

enum class ButtonKind {
    Default, ///< outlined
    Primary, ///< accent, one on a page
    Quiet,   ///< no face until hovered
    Danger,  ///< outlined, in the colour of failure
    Link,    ///< text in accent-text alone
};
enum class ControlSize { Normal, Small, Large };
enum class FieldState { Normal, Error };

/// How ClaimStyle draws a QPushButton or QToolButton.
void setButtonKind(QWidget* button, ButtonKind kind);
ButtonKind buttonKind(const QWidget* button);

/// Height of a button, field or combo box: 28, 24 or 36.
void setControlSize(QWidget* control, ControlSize size);
ControlSize controlSize(const QWidget* control);
int controlHeight(ControlSize size);

/// An erroneous field has a red outline, 2 px wide, inside its rectangle.
void setFieldState(QWidget* field, FieldState state);
FieldState fieldState(const QWidget* field);

/// A shortcut shown as a key inside a QPushButton, after its text.
void setKeycap(QWidget* button, const QString& keys);
QString keycapOf(const QWidget* button);

/// Fusion's behaviour with Claimsmith's drawing and sizes. Everything Qt draws passes here; the parts are in
/// style*.cpp.
class ClaimStyle final : public QProxyStyle
{
    Q_OBJECT

public:
    ClaimStyle();

    void polish(QWidget* widget) override;
    using QProxyStyle::polish;
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* returnData) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& contents,
                           const QWidget* widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl part,
                         const QWidget* widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                            const QWidget* widget) const override;
};

} // namespace claimsmith::app
