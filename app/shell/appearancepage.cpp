// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/appearancepage.h"

#include "shell/appearancesettings.h"
#include "shell/layoutpreferences.h"
#include "shell/settingrow.h"
#include "shell/themechoice.h"
#include "theme/claimstyle.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/label.h"
#include "widgets/panels.h"
#include "widgets/segment.h"
#include "widgets/switch.h"

#include <QFontComboBox>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QSettings>
#include <QSpinBox>
#include <QVBoxLayout>

namespace claimsmith::app {
namespace {

constexpr int pageWidth = 760;
constexpr int sectionGap = 20;
constexpr int fontWidth = 200;
constexpr int pixelWidth = 72;
constexpr int smallestPixels = 9;
constexpr int largestPixels = 26;

QSpinBox* pixelBox(const QString& name, int value)
{
    auto* box = new QSpinBox;
    box->setRange(smallestPixels, largestPixels);
    box->setSuffix(AppearancePage::tr(" px"));
    box->setValue(value);
    box->setFixedWidth(pixelWidth);
    box->setAccessibleName(name);
    box->setKeyboardTracking(false);
    setTextStyle(box, TextStyle::Mono);
    return box;
}

/// The bundled face first, then what is installed.
QComboBox* fontBox(const QString& name, const QString& bundled, const QString& chosen, bool monospaced)
{
    auto* box = new QComboBox;
    box->setFixedWidth(fontWidth);
    box->setAccessibleName(name);
    box->addItem(bundled, QString());
    for (const QString& family : QFontDatabase::families()) {
        if (family.startsWith(QLatin1String("Claimsmith")) || QFontDatabase::isPrivateFamily(family) ||
            (monospaced && !QFontDatabase::isFixedPitch(family)))
            continue;
        box->addItem(family, family);
    }
    box->setCurrentIndex(qMax(0, box->findData(chosen)));
    return box;
}

template <class Enum>
Segment* choice(const QString& name, const QStringList& texts, Enum current)
{
    auto* segment = new Segment;
    segment->setAccessibleName(name);
    for (const QString& text : texts)
        segment->addItem(text);
    segment->setCurrentIndex(static_cast<int>(current));
    return segment;
}

void clearPadding(Card* card)
{
    card->body()->setContentsMargins(0, 0, 0, 0);
    card->body()->setSpacing(0);
}

} // namespace

AppearancePage::AppearancePage(QSettings& settings, QWidget* parent) : QWidget(parent), m_settings(settings)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* area = new QScrollArea;
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::NoFocus);
    setFillRole(area, Role::BgWindow);
    auto* page = new QWidget;
    auto* columns = new QHBoxLayout(page);
    columns->setContentsMargins(metrics::pagePadding, 20, metrics::pagePadding, 24);
    columns->addStretch(1);
    m_content = new QWidget;
    m_content->setMaximumWidth(pageWidth);
    new QVBoxLayout(m_content);
    columns->addWidget(m_content, 100);
    columns->addStretch(1);
    area->setWidget(page);
    layout->addWidget(area);
    build();
}

void AppearancePage::build()
{
    auto* layout = static_cast<QVBoxLayout*>(m_content->layout());
    while (QLayoutItem* item = layout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    auto* head = new QWidget;
    auto* headLayout = new QHBoxLayout(head);
    headLayout->setContentsMargins(0, 0, 0, 12);
    headLayout->addWidget(new Label(tr("Appearance"), TextStyle::Page));
    headLayout->addStretch(1);
    auto* restore = makeButton(tr("Restore defaults"), ButtonKind::Quiet, QLatin1String("undo"));
    connect(restore, &QPushButton::clicked, this, [this] {
        change([](Appearance& appearance) { appearance = Appearance(); });
        LayoutPreferences::instance().setResponsePlace(LayoutPreferences::ResponsePlace::Below);
        // The button is among what is built anew.
        QMetaObject::invokeMethod(this, &AppearancePage::build, Qt::QueuedConnection);
    });
    headLayout->addWidget(restore);
    layout->addWidget(head);
    const auto section = [layout](const QString& title, Card* card) {
        layout->addWidget(new Label(title, TextStyle::Section));
        layout->addWidget(card);
        layout->addSpacing(sectionGap - 8);
    };
    section(tr("Theme"), themeCard());
    section(tr("Text and density"), textCard());
    section(tr("Layout and motion"), motionCard());
    layout->addStretch(1);
}

void AppearancePage::change(const std::function<void(Appearance&)>& edit)
{
    Appearance appearance = Theme::instance().appearance();
    edit(appearance);
    saveAppearance(m_settings, appearance);
    Theme::instance().setAppearance(appearance);
}

Card* AppearancePage::themeCard()
{
    const Appearance& now = Theme::instance().appearance();
    auto* card = new Card;
    clearPadding(card);
    auto* pictures = new QHBoxLayout;
    pictures->setContentsMargins(metrics::pagePadding, 13, metrics::pagePadding, 13);
    pictures->setSpacing(24);
    const std::pair<Appearance::Scheme, QString> choices[] = {{Appearance::Scheme::Light, tr("Light")},
                                                              {Appearance::Scheme::Dark, tr("Dark")},
                                                              {Appearance::Scheme::System, tr("Follow the system")}};
    for (const auto& [scheme, name] : choices) {
        auto* choice = new ThemeChoice(scheme, name);
        choice->setChecked(now.scheme == scheme);
        connect(choice, &ThemeChoice::clicked, this,
                [this, value = scheme] { change([value](Appearance& appearance) { appearance.scheme = value; }); });
        pictures->addWidget(choice);
    }
    pictures->addStretch(1);
    card->body()->addLayout(pictures);
    auto* line = new Pane(Role::LineSubtle);
    line->setFixedHeight(1);
    card->body()->addWidget(line);
    auto* contrast = new Switch(tr("High contrast"));
    contrast->setChecked(now.highContrast);
    connect(contrast, &Switch::toggled, this,
            [this](bool on) { change([on](Appearance& appearance) { appearance.highContrast = on; }); });
    card->body()->addWidget(new SettingRow(tr("High contrast"),
                                           tr("Stronger lines and text. Colours are never the only sign of a state."),
                                           {contrast}, true));
    return card;
}

Card* AppearancePage::textCard()
{
    const Appearance& now = Theme::instance().appearance();
    auto* card = new Card;
    clearPadding(card);
    auto* interfaceFont = fontBox(tr("Interface font"), tr("Inter"), now.interfaceFamily, false);
    auto* interfacePixels = pixelBox(tr("Size of the interface font"), now.interfacePixels);
    auto* editorFont = fontBox(tr("Editor font"), tr("JetBrains Mono"), now.editorFamily, true);
    auto* editorPixels = pixelBox(tr("Size of the editor font"), now.editorPixels);
    auto* density = choice(tr("Row height"), {tr("Compact 24"), tr("Normal 28"), tr("Relaxed 32")}, now.density);
    card->body()->addWidget(new SettingRow(tr("Interface font"), tr("Inter is bundled. Any installed font works."),
                                           {interfaceFont, interfacePixels}, false));
    card->body()->addWidget(new SettingRow(tr("Editor font"), tr("Used in code, tokens, headers and tables."),
                                           {editorFont, editorPixels}, false));
    card->body()->addWidget(new SettingRow(tr("Row height"), tr("Trees and tables"), {density}, true));
    connect(interfaceFont, &QComboBox::activated, this, [this, interfaceFont] {
        change([interfaceFont](Appearance& appearance) {
            appearance.interfaceFamily = interfaceFont->currentData().toString();
        });
    });
    connect(editorFont, &QComboBox::activated, this, [this, editorFont] {
        change(
            [editorFont](Appearance& appearance) { appearance.editorFamily = editorFont->currentData().toString(); });
    });
    connect(interfacePixels, &QSpinBox::valueChanged, this,
            [this](int pixels) { change([pixels](Appearance& appearance) { appearance.interfacePixels = pixels; }); });
    connect(editorPixels, &QSpinBox::valueChanged, this,
            [this](int pixels) { change([pixels](Appearance& appearance) { appearance.editorPixels = pixels; }); });
    connect(density, &Segment::currentIndexChanged, this, [this](int index) {
        change([index](Appearance& appearance) { appearance.density = static_cast<Appearance::Density>(index); });
    });
    return card;
}

Card* AppearancePage::motionCard()
{
    const Appearance& now = Theme::instance().appearance();
    auto* card = new Card;
    clearPadding(card);
    auto& layout = LayoutPreferences::instance();
    auto* response = choice(tr("Response pane"), {tr("Below"), tr("Beside"), tr("By width")}, layout.responsePlace());
    response->setObjectName(QStringLiteral("responsePlace"));
    card->body()->addWidget(
        new SettingRow(tr("Response pane"), tr("Where the response opens in Requests"), {response}, false));
    connect(response, &Segment::currentIndexChanged, this, [](int index) {
        LayoutPreferences::instance().setResponsePlace(static_cast<LayoutPreferences::ResponsePlace>(index));
    });
    connect(&layout, &LayoutPreferences::changed, response,
            [response, &layout] { response->setCurrentIndex(static_cast<int>(layout.responsePlace())); });
    auto* labels = new Switch(tr("Rail labels"));
    labels->setChecked(now.railLabels);
    auto* motion = choice(tr("Motion"), {tr("System"), tr("On"), tr("Off")}, now.motion);
    card->body()->addWidget(new SettingRow(tr("Rail labels"), tr("Small names below the icons"), {labels}, false));
    card->body()->addWidget(
        new SettingRow(tr("Motion"), tr("Follows the system setting when left on System"), {motion}, true));
    connect(labels, &Switch::toggled, this,
            [this](bool on) { change([on](Appearance& appearance) { appearance.railLabels = on; }); });
    connect(motion, &Segment::currentIndexChanged, this, [this](int index) {
        change([index](Appearance& appearance) { appearance.motion = static_cast<Appearance::Motion>(index); });
    });
    return card;
}

} // namespace claimsmith::app
