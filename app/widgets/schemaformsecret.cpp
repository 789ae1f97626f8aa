// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/schemaformsecret.h"

#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/chiplabel.h"
#include "widgets/schemaformvalues.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QTimer>

namespace claimsmith::app {
namespace {

constexpr int revealTime = 10'000; // ms

}

SecretEditor::SecretEditor(const gateway::Field& field, const SchemaFormSources& sources)
    : FieldEditor(field), m_sources(sources), m_chip(new ChipLabel), m_line(new QLineEdit),
      m_eye(new IconButton(QLatin1String("eye"), tr("Reveal %1 for 10 seconds").arg(toText(field.name)))),
      m_replace(new IconButton(QLatin1String("edit"), tr("Replace %1").arg(toText(field.name)))),
      m_keep(new IconButton(QLatin1String("keychain"), tr("Keep %1 outside kong.yml").arg(toText(field.name)))),
      m_hide(new QTimer(this))
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_chip);
    layout->addWidget(m_line, 1);
    layout->addStretch();
    for (IconButton* button : {m_eye, m_replace, m_keep})
        layout->addWidget(button);
    setTextStyle(m_line, TextStyle::Mono);
    m_eye->setCheckable(true);
    m_hide->setSingleShot(true);
    m_hide->setInterval(revealTime);

    connect(m_hide, &QTimer::timeout, this, [this] { setRevealed(false); });
    connect(m_eye, &QAbstractButton::clicked, this, &SecretEditor::setRevealed);
    connect(m_replace, &QAbstractButton::clicked, this, [this] { setReplacing(!m_replacing); });
    connect(m_keep, &QAbstractButton::clicked, this, [this] { keep(m_written); });
    connect(m_line, &QLineEdit::editingFinished, this, &SecretEditor::takeTyped);
    refresh();
}

void SecretEditor::show(const document::Value* written)
{
    const QString text = written ? textOf(*written) : QString();
    if (text == m_written && !m_replacing) {
        refresh();
        return;
    }
    if (m_replacing && text == m_written)
        return;
    m_written = text;
    m_revealed = false;
    m_replacing = false;
    refresh();
}

void SecretEditor::setReadOnly(bool readOnly)
{
    m_readOnly = readOnly;
    refresh();
}

QWidget* SecretEditor::control()
{
    return m_line;
}

void SecretEditor::setRevealed(bool revealed)
{
    m_revealed = revealed;
    if (revealed)
        m_hide->start();
    refresh();
}

void SecretEditor::setReplacing(bool replacing)
{
    m_replacing = replacing;
    m_revealed = false;
    refresh();
    if (replacing) {
        m_line->clear();
        m_line->setFocus(Qt::OtherFocusReason);
    }
}

void SecretEditor::takeTyped()
{
    const bool fresh = m_written.isEmpty();
    if (!(m_replacing || fresh) || m_line->isReadOnly())
        return;
    const QString typed = m_line->text();
    m_replacing = false;
    if (typed.isEmpty())
        refresh();
    else
        keep(typed);
}

void SecretEditor::keep(const QString& secret)
{
    auto reference = m_sources.keep ? m_sources.keep(field().name, SecretBytes(secret.toStdString())) : std::nullopt;
    // Without a place to keep it the file has to hold it: better than to lose what was typed.
    emit edited(document::Value((reference ? *reference : secret).toStdString()));
    refresh(); // the same reference again changes nothing in the file
}

void SecretEditor::refresh()
{
    const QString name = m_sources.referenceName ? m_sources.referenceName(m_written) : QString();
    const bool kept = !name.isEmpty();
    const bool typing = m_replacing || m_written.isEmpty();
    m_chip->setChip({name, Tone::Secret, QLatin1String("keychain"), true});
    m_chip->setVisible(kept && !m_replacing && !m_revealed);
    m_line->setVisible(!m_chip->isVisibleTo(this));
    m_line->setReadOnly(m_readOnly || !typing);
    m_line->setEchoMode(m_revealed ? QLineEdit::Normal : QLineEdit::Password);
    m_line->setPlaceholderText(m_replacing ? tr("New %1").arg(toText(field().name))
                                           : tr("Generated when it is left empty"));
    if (!typing) {
        const auto secret = kept && m_revealed && m_sources.reveal ? m_sources.reveal(m_written) : std::nullopt;
        const QString clear =
            secret ? QString::fromUtf8(secret->view().data(), static_cast<qsizetype>(secret->size())) : m_written;
        const bool unknown = kept && m_revealed && !secret;
        m_line->setText(unknown ? tr("%1 is not in the keychain").arg(name) : kept && !m_revealed ? QString() : clear);
    } else if (!m_replacing && !m_line->hasFocus()) {
        m_line->clear();
    }
    m_eye->setVisible(!typing);
    m_eye->setChecked(m_revealed);
    m_eye->setGlyph(m_revealed ? QLatin1String("eye-off") : QLatin1String("eye"));
    m_replace->setVisible(!m_written.isEmpty());
    m_replace->setEnabled(!m_readOnly);
    m_keep->setVisible(!kept && !m_written.isEmpty() && m_sources.keep);
    m_keep->setEnabled(!m_readOnly);
}

} // namespace claimsmith::app
