// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testing.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/chiplabel.h"
#include "widgets/codeeditor.h"
#include "widgets/keyvaluetable.h"
#include "widgets/label.h"
#include "widgets/messages.h"
#include "widgets/panels.h"
#include "widgets/searchfield.h"
#include "widgets/segment.h"
#include "widgets/switch.h"
#include "widgets/tabs.h"
#include "widgets/variableedit.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QRadioButton>
#include <QVBoxLayout>

using namespace claimsmith::app;

namespace {

QHBoxLayout* row(const QString& name, const QList<QWidget*>& widgets)
{
    auto* layout = new QHBoxLayout;
    layout->setSpacing(8);
    auto* label = new Label(name, TextStyle::Small, Role::Text3);
    label->setFixedWidth(64);
    layout->addWidget(label);
    for (QWidget* widget : widgets)
        layout->addWidget(widget);
    layout->addStretch(1);
    return layout;
}

QLineEdit* field(const QString& text)
{
    auto* edit = new QLineEdit(text);
    setTextStyle(edit, TextStyle::Mono);
    edit->setFixedWidth(148);
    return edit;
}

QComboBox* combo()
{
    auto* box = new QComboBox;
    box->addItem(QStringLiteral("HS256"));
    box->setFixedWidth(148);
    return box;
}

template <class Widget>
Widget* disabled(Widget* widget)
{
    widget->setEnabled(false);
    return widget;
}

Card* buttonsCard()
{
    auto* card = new Card(QStringLiteral("Buttons"));
    const QLatin1String copy("copy");
    card->body()->addLayout(
        row(QStringLiteral("Default"),
            {makeButton(QStringLiteral("Copy"), ButtonKind::Default, copy), makeButton(QStringLiteral("Verify only")),
             makeButton(QStringLiteral("Import"), ButtonKind::Quiet, QLatin1String("import")),
             makeButton(QStringLiteral("Send"), ButtonKind::Primary)}));
    card->body()->addLayout(row(QStringLiteral("Disabled"),
                                {disabled(makeButton(QStringLiteral("Copy"), ButtonKind::Default, copy)),
                                 disabled(makeButton(QStringLiteral("Send"), ButtonKind::Primary)),
                                 makeButton(QStringLiteral("Delete"), ButtonKind::Danger, QLatin1String("trash")),
                                 makeButton(QStringLiteral("+10 min"), ButtonKind::Default, {}, ControlSize::Small)}));
    auto* send = makeButton(QStringLiteral("Send"), ButtonKind::Primary);
    setKeycap(send, QStringLiteral("Ctrl Enter"));
    card->body()->addLayout(
        row(QStringLiteral("Keys"), {send, new SplitButton(QLatin1String("send"), QStringLiteral("Send")),
                                     new IconButton(QLatin1String("save"), QStringLiteral("Save"))}));
    return card;
}

Card* fieldsCard()
{
    auto* card = new Card(QStringLiteral("Fields"));
    auto* wrong = field(QStringLiteral("31622400"));
    setFieldState(wrong, FieldState::Error);
    auto* fixed = field(QStringLiteral("kong"));
    fixed->setReadOnly(true);
    auto* search = new SearchField(QStringLiteral("Filter"));
    search->setFixedWidth(148);
    auto* variable = new VariableEdit;
    variable->setText(QStringLiteral("{{gateway}}/api"));
    variable->setFixedWidth(148);
    auto* url = new VariableEdit(VariableEdit::Frame::Field, ControlSize::Large);
    url->setText(QStringLiteral("{{gateway}}/basicAuth?show_env=1"));
    url->setTrailing(new Label(QStringLiteral("127.0.0.1:8000"), TextStyle::Mono, Role::Text3));
    card->body()->addLayout(row(QStringLiteral("Default"), {field(QStringLiteral("my-auth")), combo()}));
    card->body()->addLayout(row(QStringLiteral("Error"), {wrong}));
    card->body()->addLayout(row(QStringLiteral("Read only"), {fixed, search}));
    card->body()->addLayout(row(QStringLiteral("Chips"), {variable}));
    card->body()->addWidget(url);
    return card;
}

Card* choicesCard()
{
    auto* card = new Card(QStringLiteral("Choices"));
    auto* on = new Switch(QStringLiteral("On"));
    on->setChecked(true);
    auto* exp = new QCheckBox(QStringLiteral("exp"));
    exp->setChecked(true);
    auto* keychain = new QRadioButton(QStringLiteral("Keychain"));
    keychain->setChecked(true);
    card->body()->addLayout(
        row(QStringLiteral("Switch"), {new Switch(QStringLiteral("Off")), on, new QCheckBox(QStringLiteral("nbf")), exp,
                                       new QRadioButton(QStringLiteral("File")), keychain}));
    auto* via = new Segment;
    via->addItem(QStringLiteral("Via gateway"));
    via->addItem(QStringLiteral("Direct"));
    auto* format = new Segment(ControlSize::Small);
    format->addItem(QStringLiteral("JSON"));
    format->addItem(QStringLiteral("PEM"));
    format->setCurrentIndex(1);
    auto* large = new Segment(ControlSize::Large);
    large->addItem(QStringLiteral("Via gateway"), QLatin1String("gateway"));
    large->addItem(QStringLiteral("Direct"), QLatin1String("gateway"));
    card->body()->addLayout(row(QStringLiteral("Segment"), {via, format}));
    card->body()->addLayout(row(QStringLiteral("Large"), {large}));
    auto* message = new MessageBar;
    message->show(Tone::Bad, QStringLiteral("Port 8000 is used by another program."));
    message->setButtons({makeButton(QStringLiteral("Use 8010"), ButtonKind::Default, {}, ControlSize::Small)});
    card->body()->addWidget(message);
    return card;
}

Card* statusCard()
{
    auto* card = new Card(QStringLiteral("Status"));
    const auto pill = [](const char* text, Tone tone, bool dot = false) {
        return new PillLabel(Pill{QString::fromLatin1(text), tone, dot});
    };
    const auto chip = [](const char* text, Tone tone, QLatin1String icon = {}, bool mono = false) {
        return new ChipLabel(Chip{QString::fromLatin1(text), tone, icon, mono});
    };
    card->body()->addLayout(row(QStringLiteral("Pills"),
                                {pill("200 OK", Tone::Ok), pill("304", Tone::Info), pill("404 Not Found", Tone::Warn),
                                 pill("401", Tone::Bad), pill("not run", Tone::Neutral)}));
    card->body()->addLayout(
        row(QStringLiteral("Live"), {pill("Running", Tone::Ok, true), pill("Stopped", Tone::Neutral)}));
    card->body()->addLayout(
        row(QStringLiteral("Chips"),
            {chip("basic-auth", Tone::Outline, QLatin1String("plugin")), chip("exp", Tone::Neutral, {}, true),
             chip("1 error", Tone::Bad), chip("2 warnings", Tone::Warn),
             chip("httpbin/my-auth", Tone::Secret, QLatin1String("keychain"))}));
    return card;
}

Card* tabsCard()
{
    auto* card = new Card(QStringLiteral("Tabs"));
    auto* tabs = new UnderlineTabs;
    for (const char* name : {"Body", "Headers", "Upstream", "Trace"})
        tabs->addTab(QString::fromLatin1(name));
    tabs->setCounter(1, QStringLiteral("14"));
    tabs->setCounter(3, QStringLiteral("1"), Tone::Bad);
    tabs->setCurrentIndex(1);
    auto* documents = new DocumentTabs;
    documents->addDocument(QStringLiteral("GET"), QStringLiteral("basicAuth"));
    documents->addDocument(QStringLiteral("DELETE"), QStringLiteral("Call /api"));
    documents->setDocument(1, QStringLiteral("GET"), QStringLiteral("Call /api"), true);
    card->body()->addWidget(documents);
    card->body()->addWidget(tabs);
    auto* pairs = new KeyValueTable(QStringLiteral("Headers"));
    pairs->rowsModel().setRows(
        {{true, "Accept", "*/*", {}}, {false, "Authorization", "Bearer {{token.login_server_issuer}}", {}}});
    card->body()->addWidget(pairs);
    auto* code = new CodeEditor(CodeEditor::Language::Yaml);
    code->setCode(QStringLiteral(
        "_format_version: \"3.0\"\nservices:\n- name: my-api-service\n  url: http://localhost:3000\n"
        "  plugins:\n  - name: jwt\n    config:\n      maximum_expiration: 31622400\n      run_on_preflight: true\n"));
    code->markRange(6, 9);
    code->markError(8, 27, 8, QStringLiteral("must be between 0 and 31536000"));
    card->body()->addWidget(code);
    auto* json = new CodeEditor(CodeEditor::Language::Json);
    json->setCode(QStringLiteral("{\n  \"alg\": \"HS256\",\n  \"exp\": 1795441308,\n  \"ok\": [true, null]\n}"));
    card->body()->addWidget(json);
    return card;
}

class Gallery final : public QWidget
{
public:
    Gallery()
    {
        setFillRole(this, Role::BgWindow);
        auto* layout = new QHBoxLayout(this);
        auto* left = new QVBoxLayout;
        auto* right = new QVBoxLayout;
        layout->addLayout(left);
        layout->addLayout(right, 1);
        for (Card* card : {buttonsCard(), fieldsCard(), choicesCard()})
            left->addWidget(card);
        left->addStretch(1);
        for (Card* card : {statusCard(), tabsCard()})
            right->addWidget(card);
        auto* empty =
            new EmptyState(QLatin1String("send"), QStringLiteral("Nothing sent yet"),
                           QStringLiteral("The answer, its trace and what the upstream received will appear here."));
        empty->addButton(makeButton(QStringLiteral("Send"), ButtonKind::Primary));
        right->addWidget(empty);
        resize(1100, 900);
    }
};

void setScheme(Appearance::Scheme scheme)
{
    Appearance appearance;
    appearance.scheme = scheme;
    appearance.motion = Appearance::Motion::Off;
    Theme::instance().setAppearance(appearance);
}

QImage picture(QWidget& widget)
{
    widget.show();
    if (!QTest::qWaitForWindowExposed(&widget))
        return {};
    if (QWidget* focus = QApplication::focusWidget())
        focus->clearFocus();
    QCoreApplication::sendPostedEvents();
    return widget.grab().toImage();
}

/// Developers look at the pictures where this variable points.
void keep(const QImage& image, const QString& name)
{
    const QString folder = qEnvironmentVariable("CLAIMSMITH_PICTURES");
    if (!folder.isEmpty())
        image.save(folder + QLatin1Char('/') + name + QStringLiteral(".png"));
}

} // namespace

class TestShellGallery final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void switchEqualsFreshStart_data();
    void switchEqualsFreshStart();
};

void TestShellGallery::initTestCase()
{
    QApplication::setCursorFlashTime(0);
    Theme::instance().install({});
}

void TestShellGallery::switchEqualsFreshStart_data()
{
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("to");
    const auto light = static_cast<int>(Appearance::Scheme::Light);
    const auto dark = static_cast<int>(Appearance::Scheme::Dark);
    QTest::newRow("light to dark") << light << dark;
    QTest::newRow("dark to light") << dark << light;
}

void TestShellGallery::switchEqualsFreshStart()
{
    QFETCH(int, from);
    QFETCH(int, to);
    setScheme(static_cast<Appearance::Scheme>(from));
    Gallery switched;
    const QImage before = picture(switched);
    setScheme(static_cast<Appearance::Scheme>(to));
    const QImage after = picture(switched);
    switched.hide();

    Gallery fresh;
    const QImage expected = picture(fresh);
    QVERIFY(!expected.isNull());
    keep(expected, QString::fromLatin1(QTest::currentDataTag()).replace(QLatin1Char(' '), QLatin1Char('-')));
    QVERIFY(before != after);
    if (after != expected)
        keep(after, QStringLiteral("switched"));
    QCOMPARE(after, expected);
}

QTEST_MAIN(TestShellGallery)
#include "tst_shell_gallery.moc"
