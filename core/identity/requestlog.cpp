// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/requestlog.h"

#include <iterator>
#include <utility>

namespace claimsmith::identity {

void RequestLog::add(LogEntry entry)
{
    if (m_limit == 0)
        return;
    const std::lock_guard lock(m_mutex);
    if (m_entries.size() == m_limit) {
        m_entries.pop_front();
        ++m_missed;
    }
    m_entries.push_back(std::move(entry));
}

std::size_t RequestLog::drain(std::vector<LogEntry>& into)
{
    const std::lock_guard lock(m_mutex);
    into.insert(into.end(), std::make_move_iterator(m_entries.begin()), std::make_move_iterator(m_entries.end()));
    m_entries.clear();
    return std::exchange(m_missed, 0);
}

} // namespace claimsmith::identity
