// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/claimstyle.h"

#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/stylebuttons.h"
#include "theme/stylefields.h"
#include "theme/styleviews.h"
#include "theme/theme.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QPainter>
#include <QPainterPath>
#include <QScrollBar>
#include <QSlider>
#include <QSplitterHandle>
#include <QStyleOption>

namespace claimsmith::app {
namespace {

constexpr const char* kindProperty = "claimsmithButtonKind";
constexpr const char* sizeProperty = "claimsmithControlSize";
constexpr const char* stateProperty = "claimsmithFieldState";
constexpr const char* keycapProperty = "claimsmithKeycap";

template <class Enum>
Enum mark(const QWidget* widget, const char* name)
{
    return widget ? static_cast<Enum>(widget->property(name).toInt()) : Enum{};
}

template <class Option>
const Option& as(const QStyleOption* option)
{
    return *qstyleoption_cast<const Option*>(option);
}

/// A view's rows count as active only while the view or one of its editors has the focus.
bool viewHasFocus(const QWidget* widget)
{
    for (const QWidget* focus = QApplication::focusWidget(); focus; focus = focus->parentWidget())
        if (focus == widget)
            return true;
    return false;
}

} // namespace

void setButtonKind(QWidget* button, ButtonKind kind)
{
    button->setProperty(kindProperty, static_cast<int>(kind));
    button->updateGeometry();
    button->update();
}

ButtonKind buttonKind(const QWidget* button)
{
    return mark<ButtonKind>(button, kindProperty);
}

void setControlSize(QWidget* control, ControlSize size)
{
    control->setProperty(sizeProperty, static_cast<int>(size));
    control->updateGeometry();
    control->update();
}

ControlSize controlSize(const QWidget* control)
{
    return mark<ControlSize>(control, sizeProperty);
}

int controlHeight(ControlSize size)
{
    int height = metrics::control;
    if (size != ControlSize::Normal)
        height = size == ControlSize::Small ? metrics::controlSmall : metrics::controlLarge;
    return qMax(height, QFontMetrics(textFont(TextStyle::Body)).height() + 8);
}

void setFieldState(QWidget* field, FieldState state)
{
    field->setProperty(stateProperty, static_cast<int>(state));
    field->update();
}

FieldState fieldState(const QWidget* field)
{
    return mark<FieldState>(field, stateProperty);
}

void setKeycap(QWidget* button, const QString& keys)
{
    button->setProperty(keycapProperty, keys);
    button->updateGeometry();
    button->update();
}

QString keycapOf(const QWidget* button)
{
    return button ? button->property(keycapProperty).toString() : QString();
}

ClaimStyle::ClaimStyle() : QProxyStyle(QStringLiteral("Fusion")) {}

void ClaimStyle::polish(QWidget* widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QAbstractButton*>(widget) || qobject_cast<QComboBox*>(widget) ||
        qobject_cast<QScrollBar*>(widget) || qobject_cast<QSlider*>(widget) || qobject_cast<QSplitterHandle*>(widget))
        widget->setAttribute(Qt::WA_Hover);
}

int ClaimStyle::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const
{
    switch (metric) {
    case PM_DefaultFrameWidth:
        return qobject_cast<const QAbstractScrollArea*>(widget) ? 0 : 1;
    case PM_ScrollBarExtent:
        return metrics::scrollBar;
    case PM_ScrollBarSliderMin:
        return 24;
    case PM_ScrollView_ScrollBarSpacing:
        return 0;
    case PM_SplitterWidth:
        return metrics::splitter;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return 16;
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
        return 8;
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_ToolBarIconSize:
        return metrics::iconRow;
    case PM_TreeViewIndentation:
        return metrics::indent;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_MenuBarHMargin:
    case PM_MenuBarVMargin:
    case PM_MenuBarItemSpacing:
    case PM_MenuBarPanelWidth:
        return 0;
    case PM_MenuPanelWidth:
        return 1;
    case PM_MenuVMargin:
        return 4;
    case PM_MenuHMargin:
        return 0;
    case PM_FocusFrameHMargin:
    case PM_FocusFrameVMargin:
        return 4;
    case PM_HeaderMarkSize:
        return metrics::iconChip;
    case PM_SliderLength:
    case PM_SliderThickness:
        return 16;
    case PM_TextCursorWidth:
        return 1;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int ClaimStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                          QStyleHintReturn* returnData) const
{
    switch (hint) {
    case SH_ItemView_ShowDecorationSelected:
        return 1;
    case SH_EtchDisabledText:
        return 0;
    case SH_FocusFrame_Mask:
        return 0;
    case SH_FocusFrame_AboveWidget:
        return 0;
    case SH_ComboBox_Popup:
        return 0;
    case SH_Menu_Mask:
        // A mask and no translucency: not every desktop has a compositor.
        if (auto* mask = qstyleoption_cast<QStyleHintReturnMask*>(returnData)) {
            QPainterPath outline;
            outline.addRoundedRect(option->rect, metrics::radiusCard, metrics::radiusCard);
            mask->region = QRegion(outline.toFillPolygon().toPolygon());
        }
        return 1;
    case SH_Menu_SubMenuPopupDelay:
        return 160;
    case SH_ScrollBar_LeftClickAbsolutePosition:
        return 0;
    case SH_DialogButtonBox_ButtonsHaveIcons:
        return 0;
    case SH_ItemView_ActivateItemOnSingleClick:
        return 0;
    case SH_UnderlineShortcut:
        return 0;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

QSize ClaimStyle::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& contents,
                                   const QWidget* widget) const
{
    switch (type) {
    case CT_PushButton:
        return stylebuttons::pushButtonSize(as<QStyleOptionButton>(option), widget);
    case CT_LineEdit:
    case CT_ComboBox:
    case CT_SpinBox: {
        const QSize size = QProxyStyle::sizeFromContents(type, option, contents, widget);
        return {size.width(), controlHeight(controlSize(widget))};
    }
    case CT_MenuItem:
        return styleviews::menuItemSize(as<QStyleOptionMenuItem>(option));
    case CT_MenuBarItem: {
        const auto& item = as<QStyleOptionMenuItem>(option);
        const QFontMetricsF metrics(textFont(TextStyle::Body));
        return {qRound(metrics.size(Qt::TextShowMnemonic, item.text).width()) + 16, metrics::control};
    }
    case CT_HeaderSection: {
        const QSize size = QProxyStyle::sizeFromContents(type, option, contents, widget);
        return {size.width(), metrics::tableHeader};
    }
    case CT_ItemViewItem: {
        const QSize size = QProxyStyle::sizeFromContents(type, option, contents, widget);
        return {size.width(), qMax(size.height(), Theme::instance().rowHeight())};
    }
    default:
        return QProxyStyle::sizeFromContents(type, option, contents, widget);
    }
}

QRect ClaimStyle::subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl part,
                                 const QWidget* widget) const
{
    if (control == CC_ComboBox && part == SC_ComboBoxEditField)
        return stylefields::comboEditRect(as<QStyleOptionComboBox>(option));
    if (control == CC_SpinBox) {
        if (part == SC_SpinBoxUp || part == SC_SpinBoxDown)
            return {};
        if (part == SC_SpinBoxEditField)
            return option->rect.adjusted(9, 1, -9, -1);
    }
    if (control == CC_ScrollBar) {
        const auto& bar = as<QStyleOptionSlider>(option);
        if (part == SC_ScrollBarAddLine || part == SC_ScrollBarSubLine)
            return {};
        if (part == SC_ScrollBarGroove)
            return bar.rect;
        const bool vertical = bar.orientation == Qt::Vertical;
        const int length = vertical ? bar.rect.height() : bar.rect.width();
        const int range = bar.maximum - bar.minimum;
        const int thumb =
            range > 0
                ? qBound(24, static_cast<int>(qint64(length) * bar.pageStep / (qint64(range) + bar.pageStep)), length)
                : length;
        const int start =
            sliderPositionFromValue(bar.minimum, bar.maximum, bar.sliderPosition, length - thumb, bar.upsideDown);
        const auto stretch = [&](int from, int to) {
            return vertical ? QRect(bar.rect.x(), from, bar.rect.width(), to - from)
                            : QRect(from, bar.rect.y(), to - from, bar.rect.height());
        };
        if (part == SC_ScrollBarSlider)
            return stretch(start, start + thumb);
        if (part == SC_ScrollBarSubPage)
            return stretch(0, start);
        if (part == SC_ScrollBarAddPage)
            return stretch(start + thumb, length);
    }
    return QProxyStyle::subControlRect(control, option, part, widget);
}

QRect ClaimStyle::subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const
{
    if (element == SE_HeaderLabel)
        return option->rect; // padding is the label's, so that it stands over the cells
    if (element == SE_LineEditContents) {
        const bool framed = as<QStyleOptionFrame>(option).lineWidth > 0;
        // QLineEdit itself adds two more pixels.
        return framed ? option->rect.adjusted(7, 1, -7, -1) : option->rect;
    }
    return QProxyStyle::subElementRect(element, option, widget);
}

void ClaimStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                               const QWidget* widget) const
{
    switch (element) {
    case PE_PanelButtonCommand: {
        if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option))
            stylebuttons::drawPushButtonFace(*button, *painter, widget);
        return;
    }
    case PE_PanelButtonTool:
        stylebuttons::drawToolButtonFace(*option, *painter, widget);
        return;
    case PE_PanelLineEdit: {
        const auto& frame = as<QStyleOptionFrame>(option);
        const bool inSpinBox = widget && qobject_cast<QAbstractSpinBox*>(widget->parentWidget());
        if (frame.lineWidth > 0 && !inSpinBox)
            stylefields::drawField(*painter, option->rect, option->state, fieldState(widget) == FieldState::Error,
                                   option->state.testFlag(State_ReadOnly));
        return;
    }
    case PE_FrameLineEdit:
    case PE_FrameFocusRect:
    case PE_FrameButtonBevel:
    case PE_FrameButtonTool:
    case PE_FrameTabBarBase:
    case PE_FrameStatusBarItem:
    case PE_PanelStatusBar:
    case PE_PanelMenuBar:
    case PE_IndicatorToolBarSeparator:
        return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        stylebuttons::drawCheckBox(*option, *painter);
        return;
    case PE_IndicatorRadioButton:
        stylebuttons::drawRadioButton(*option, *painter);
        return;
    case PE_IndicatorBranch:
        styleviews::drawBranch(*option, *painter);
        return;
    case PE_PanelItemViewRow:
        return; // the whole row is drawn with its items
    case PE_PanelItemViewItem: {
        QStyleOptionViewItem item = as<QStyleOptionViewItem>(option);
        item.state.setFlag(State_Active, viewHasFocus(widget) && option->state.testFlag(State_Active));
        styleviews::drawRow(item, *painter);
        return;
    }
    case PE_PanelMenu:
        paintBox(*painter, option->rect, metrics::radiusCard, color(Role::BgRaised), color(Role::LineStrong));
        return;
    case PE_FrameMenu:
        return;
    case PE_PanelTipLabel:
        painter->fillRect(option->rect, color(Role::BgRaised));
        painter->setPen(color(Role::LineStrong));
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void ClaimStyle::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                             const QWidget* widget) const
{
    switch (element) {
    case CE_PushButtonBevel:
        stylebuttons::drawPushButtonFace(as<QStyleOptionButton>(option), *painter, widget);
        return;
    case CE_PushButtonLabel:
        stylebuttons::drawPushButtonLabel(as<QStyleOptionButton>(option), *painter, widget);
        return;
    case CE_FocusFrame:
        stylebuttons::drawFocusFrame(*option, *painter, widget);
        return;
    case CE_HeaderSection:
        styleviews::drawHeaderSection(as<QStyleOptionHeader>(option), *painter);
        return;
    case CE_HeaderLabel:
        styleviews::drawHeaderLabel(as<QStyleOptionHeader>(option), *painter);
        return;
    case CE_HeaderEmptyArea:
        painter->fillRect(option->rect, color(Role::BgSunken));
        painter->fillRect(QRect(option->rect.x(), option->rect.bottom(), option->rect.width(), 1), color(Role::Line));
        return;
    case CE_Splitter:
        styleviews::drawSplitter(*option, *painter);
        return;
    case CE_ProgressBar:
        stylefields::drawProgressBar(as<QStyleOptionProgressBar>(option), *painter);
        return;
    case CE_MenuItem:
        styleviews::drawMenuItem(as<QStyleOptionMenuItem>(option), *painter);
        return;
    case CE_MenuEmptyArea:
    case CE_MenuBarEmptyArea:
        return;
    case CE_MenuBarItem:
        styleviews::drawMenuBarItem(as<QStyleOptionMenuItem>(option), *painter, widget);
        return;
    default:
        QProxyStyle::drawControl(element, option, painter, widget);
    }
}

void ClaimStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                                    const QWidget* widget) const
{
    switch (control) {
    case CC_ComboBox:
        stylefields::drawComboBox(as<QStyleOptionComboBox>(option), *painter, widget);
        return;
    case CC_SpinBox:
        stylefields::drawField(*painter, option->rect, option->state, fieldState(widget) == FieldState::Error, false);
        return;
    case CC_ScrollBar:
        stylefields::drawScrollBar(as<QStyleOptionSlider>(option), *painter,
                                   subControlRect(CC_ScrollBar, option, SC_ScrollBarSlider, widget));
        return;
    case CC_Slider:
        stylefields::drawSlider(as<QStyleOptionSlider>(option), *painter,
                                subControlRect(CC_Slider, option, SC_SliderGroove, widget),
                                subControlRect(CC_Slider, option, SC_SliderHandle, widget));
        return;
    case CC_ToolButton: {
        // A button that is all menu needs no arrow of its own.
        QStyleOptionToolButton button = as<QStyleOptionToolButton>(option);
        if (!button.features.testFlag(QStyleOptionToolButton::MenuButtonPopup))
            button.features.setFlag(QStyleOptionToolButton::HasMenu, false);
        QProxyStyle::drawComplexControl(control, &button, painter, widget);
        return;
    }
    default:
        QProxyStyle::drawComplexControl(control, option, painter, widget);
    }
}

} // namespace claimsmith::app
