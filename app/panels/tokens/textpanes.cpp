// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/textpanes.h"

#include "document/json.h"
#include "jose/algorithm.h"
#include "panels/tokens/tokenbench.h"
#include "text/josetext.h"
#include "text/quantities.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/codeeditor.h"
#include "widgets/label.h"

#include <QClipboard>
#include <QComboBox>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QSignalBlocker>
#include <QUndoStack>
#include <QVBoxLayout>

#include <algorithm>

namespace claimsmith::app {

namespace {

constexpr int legendHeight = 32;

/// A square in a colour and what it stands for.
class LegendItem final : public QWidget
{
public:
    LegendItem(const QString& text, Role role) : m_role(role)
    {
        auto* layout = new QHBoxLayout(this);
        layout->setContentsMargins(12, 0, 0, 0);
        layout->addWidget(new Label(text, TextStyle::Small, Role::Text2));
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        paintBox(painter, QRectF(0, (height() - 8) / 2, 8, 8), 2, color(m_role), {}, -1);
    }

private:
    Role m_role;
};

QString errorSentence(const Error& error)
{
    // The reader's own reason says more than that there is no JSON.
    const Error& reason = error.cause ? *error.cause : error;
    const QString place = placeText(error.place.line > 0 ? error.place : reason.place);
    QStringList parts{joseErrorText(error)};
    if (error.cause)
        parts += joseErrorText(reason);
    parts += joseRemedyText(error);
    const QString sentence = parts.filter(QRegularExpression(QStringLiteral("."))).join(u' ');
    //: a place such as "line 3, column 9", and what is wrong there
    return place.isEmpty() ? sentence : JsonPane::tr("%1: %2").arg(place, sentence);
}

} // namespace

EncodedPane::EncodedPane(TokenBench& bench, TokenPane& pane, QWidget* parent)
    : QWidget(parent), m_bench(bench), m_pane(pane), m_edit(new EncodedTokenEdit)
{
    m_edit->setObjectName(QStringLiteral("encodedToken"));
    m_edit->setAccessibleName(tr("Encoded token"));
    m_edit->setPlaceholderText(tr("Paste a token: compact, with Bearer in front, or as JSON"));
    auto* legend = new Pane(Role::BgSurface);
    legend->setLines(Qt::TopEdge);
    legend->setFixedHeight(legendHeight);
    auto* row = new QHBoxLayout(legend);
    row->setContentsMargins(metrics::cardPadding, 1, metrics::cardPadding, 0);
    row->setSpacing(16);
    row->addWidget(new LegendItem(tr("Header"), Role::JwtHeader));
    row->addWidget(new LegendItem(tr("Payload"), Role::JwtPayload));
    row->addWidget(new LegendItem(tr("Signature"), Role::JwtSignature));
    row->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_edit, 1);
    layout->addWidget(legend);

    auto* copy = new IconButton(QLatin1String("copy"), tr("Copy the encoded token"));
    copy->setObjectName(QStringLiteral("copyEncoded"));
    pane.addAction(copy);
    connect(copy, &QToolButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_edit->token()); });
    connect(m_edit, &EncodedTokenEdit::tokenEdited, &m_bench, &TokenBench::typeEncoded);
    connect(m_edit, &EncodedTokenEdit::hoveredPartChanged, this, &EncodedPane::hoveredPartChanged);
    connect(m_edit, &EncodedTokenEdit::hoveredPartChanged, m_edit, &EncodedTokenEdit::setTintedPart);
    connect(&m_bench, &TokenBench::changed, this, &EncodedPane::refresh);
    refresh();
}

void EncodedPane::refresh()
{
    const TokenDocument* document = m_bench.current();
    m_edit->setEnabled(document != nullptr);
    if (!document)
        return m_edit->setToken({});
    const TokenDraft& draft = document->state().draft;
    const auto& error = draft.error(TokenDraft::Pane::Encoded);
    m_edit->setToken(QString::fromStdString(draft.text(TokenDraft::Pane::Encoded)));
    m_edit->setColoured(!error && draft.form().serialization == jose::Serialization::Compact);
    m_pane.setCount(tr("%1 characters").arg(countText(static_cast<quint64>(m_edit->token().size()))));
    if (!error && draft.algorithm() == "none")
        return m_pane.setNote(tr("Unsecured: alg is none and nothing is signed. Anybody can make this token."));
    if (!error)
        return m_pane.setProblem({});
    QString sentence = errorSentence(*error);
    if (error->place.offset != Place::npos && error->place.offset < draft.text(TokenDraft::Pane::Encoded).size())
        sentence = tr("Character %1: %2").arg(error->place.offset + 1).arg(sentence);
    QList<QAbstractButton*> buttons;
    if (error->code == jose::JoseErrorCode::EncryptedToken) {
        auto* open = makeButton(tr("Decrypt"), ButtonKind::Default, QLatin1String("unlock"), ControlSize::Small);
        open->setObjectName(QStringLiteral("decryptToken"));
        connect(
            open, &QPushButton::clicked, this, [this] { emit decryptionRequested(m_edit->token()); },
            Qt::QueuedConnection);
        buttons += open;
    }
    m_pane.setProblem(sentence, buttons);
}

JsonPane::JsonPane(TokenBench& bench, TokenPane& pane, TokenDraft::Pane part, QWidget* parent)
    : QWidget(parent), m_bench(bench), m_pane(pane), m_part(part), m_editor(new CodeEditor(CodeEditor::Language::Json))
{
    const bool isHeader = part == TokenDraft::Pane::Header;
    m_editor->setObjectName(isHeader ? QStringLiteral("headerEditor") : QStringLiteral("payloadEditor"));
    m_editor->setAccessibleName(isHeader ? tr("Header of the token") : tr("Payload of the token"));
    m_editor->setHighlightsCurrentLine(!isHeader);
    m_editor->installEventFilter(this);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_editor);
    addSpacesAction();
    isHeader ? addHeaderActions() : addPayloadActions();
    connect(m_editor, &CodeEditor::edited, this, [this, isHeader] {
        isHeader ? m_bench.typeHeader(m_editor->code()) : m_bench.typePayload(m_editor->code());
    });
    connect(&m_bench, &TokenBench::changed, this, &JsonPane::refresh);
    refresh();
}

void JsonPane::addSpacesAction()
{
    m_spaces = new IconButton(QLatin1String("keyboard"), {});
    m_spaces->setObjectName(m_part == TokenDraft::Pane::Header ? QStringLiteral("headerSpaces")
                                                               : QStringLiteral("payloadSpaces"));
    m_spaces->setCheckable(true);
    m_pane.addAction(m_spaces);
    connect(m_spaces, &QToolButton::clicked, this, [this](bool on) { m_bench.setSignsSpaces(m_part, on); });
}

void JsonPane::addHeaderActions()
{
    m_algorithm = new QComboBox;
    m_algorithm->setObjectName(QStringLiteral("algorithm"));
    m_algorithm->setAccessibleName(tr("Signature algorithm"));
    setControlSize(m_algorithm, ControlSize::Small);
    for (const jose::AlgorithmInfo& info : jose::algorithms())
        m_algorithm->addItem(QString::fromStdString(std::string(info.name)));
    m_algorithm->setMinimumWidth(96);
    m_pane.addAction(m_algorithm);
    connect(m_algorithm, &QComboBox::activated, this,
            [this](int index) { m_bench.setAlgorithm(m_algorithm->itemText(index).toStdString()); });
}

void JsonPane::addPayloadActions()
{
    auto* layOut = new IconButton(QLatin1String("braces"), tr("Lay the payload out"));
    auto* undo = new IconButton(QLatin1String("undo"), tr("Undo the last change of the token"));
    undo->setObjectName(QStringLiteral("undoToken"));
    m_pane.addAction(layOut);
    m_pane.addAction(undo);
    connect(layOut, &QToolButton::clicked, &m_bench, &TokenBench::layOutPayload);
    connect(undo, &QToolButton::clicked, this, [this] {
        if (m_bench.current())
            m_bench.current()->undoStack()->undo();
    });
}

bool JsonPane::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusOut)
        m_part == TokenDraft::Pane::Payload ? m_bench.settleTimes() : m_bench.endGesture();
    return QWidget::eventFilter(watched, event);
}

void JsonPane::refreshAlgorithm()
{
    const std::string_view name = m_bench.current()->state().draft.algorithm();
    const QSignalBlocker silent(m_algorithm);
    m_algorithm->setCurrentIndex(m_algorithm->findText(QString::fromStdString(std::string(name))));
    m_algorithm->setEnabled(!m_bench.current()->state().draft.error(TokenDraft::Pane::Header));
}

void JsonPane::refresh()
{
    const TokenDocument* document = m_bench.current();
    m_editor->setEnabled(document != nullptr);
    if (!document)
        return m_editor->setCode({});
    const TokenDraft& draft = document->state().draft;
    const QString text = QString::fromStdString(draft.text(m_part));
    if (text != m_editor->code()) {
        int line = 0;
        int column = 0;
        m_editor->getCursorPosition(&line, &column);
        m_editor->setCode(text);
        m_editor->setCursorPosition(std::min(line, m_editor->lines() - 1), column);
    }
    if (m_algorithm)
        refreshAlgorithm();
    const bool signsSpaces = draft.signsSpaces(m_part);
    m_spaces->setChecked(signsSpaces);
    m_spaces->setToolTip(signsSpaces ? tr("White space is signed as it stands. Click to sign without it.")
                                     : tr("White space is not signed. Click to sign it as it stands."));
    m_spaces->setAccessibleName(tr("Sign white space as it stands"));
    refreshProblem(draft);
}

void JsonPane::refreshProblem(const TokenDraft& draft)
{
    m_editor->clearErrors();
    const auto mark = [this](const Error& error, const Place& place) {
        if (place.line > 0)
            m_editor->markError(static_cast<int>(place.line), static_cast<int>(place.column), 1, joseErrorText(error));
    };
    if (const auto& error = draft.error(m_part)) {
        mark(*error, error->cause && error->place.line == 0 ? error->cause->place : error->place);
        return m_pane.setProblem(errorSentence(*error));
    }
    if (m_part == TokenDraft::Pane::Payload && draft.carriesOctets())
        return m_pane.setProblem({});
    // A name that stands twice makes a token all the same, which verifiers read in different ways (RFC 8259 §4).
    const auto strict = document::parseJson(draft.text(m_part));
    if (strict)
        return m_pane.setProblem({});
    mark(strict.error(), strict.error().place);
    m_pane.setNote(errorSentence(strict.error()));
}

void JsonPane::showMember(const QString& name)
{
    document::SourceMap map;
    document::JsonOptions options;
    options.allowDuplicateKeys = true;
    const auto parsed = document::parseJson(m_editor->code().toStdString(), options, &map);
    const auto* entry = parsed ? map.find(document::joinPointer("", name.toStdString())) : nullptr;
    if (entry && entry->key)
        m_editor->setCursorPosition(static_cast<int>(entry->key->line) - 1, 0);
}

} // namespace claimsmith::app
