// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/jsonpathquery.h"

#include "document/json.h"
#include "document/jsonnumber.h"

#include <array>
#include <charconv>

namespace claimsmith::document::jsonpath {
namespace {

constexpr int deepest = 32;
constexpr std::int64_t largestIndex = (1LL << 53) - 1; // §2.1: an I-JSON number

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// name-first of §2.5.1.1: letters, "_" and everything above ASCII.
bool beginsName(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

/// Recursive descent over the grammar of RFC 9535, appendix A.
class Parser
{
public:
    explicit Parser(std::string_view text) noexcept : m_text(text) {}

    Result<std::vector<Segment>> parseWhole()
    {
        if (!take('$'))
            return wanted("\"$\"");
        CLAIMSMITH_TRY(auto segments, parseSegments());
        if (m_at != m_text.size())
            return wanted("\".\" or \"[\"");
        return segments;
    }

private:
    char peek() const noexcept { return m_at < m_text.size() ? m_text[m_at] : '\0'; }

    bool take(char c) noexcept
    {
        if (m_at >= m_text.size() || m_text[m_at] != c)
            return false;
        ++m_at;
        return true;
    }

    bool take(std::string_view word) noexcept
    {
        if (m_text.substr(m_at, word.size()) != word)
            return false;
        m_at += word.size();
        return true;
    }

    void skipBlanks() noexcept
    {
        while (m_at < m_text.size() && isBlank(m_text[m_at]))
            ++m_at;
    }

    Error wanted(std::string_view what) const
    {
        Error error{JsonPathErrorCode::Syntax};
        error.place.offset = m_at;
        error.detail = std::string(what) + " expected";
        return error;
    }

    Error tooDeep() const
    {
        Error error{JsonPathErrorCode::TooDeep};
        error.place.offset = m_at;
        return error;
    }

    Result<std::vector<Segment>> parseSegments()
    {
        std::vector<Segment> segments;
        for (;;) {
            const std::size_t before = m_at;
            skipBlanks();
            if (peek() != '.' && peek() != '[') {
                m_at = before; // blanks belong to what follows the query
                return segments;
            }
            CLAIMSMITH_TRY(Segment segment, parseSegment());
            segments.push_back(std::move(segment));
        }
    }

    Result<Segment> parseSegment()
    {
        Segment segment;
        segment.descendant = take("..");
        if (!segment.descendant && !take('.')) {
            CLAIMSMITH_TRY(segment.selectors, parseBracketed());
            return segment;
        }
        if (segment.descendant && peek() == '[') {
            CLAIMSMITH_TRY(segment.selectors, parseBracketed());
            return segment;
        }
        if (take('*')) {
            segment.selectors.emplace_back(WildcardSelector{});
            return segment;
        }
        if (!beginsName(peek()))
            return wanted("a name or \"*\"");
        segment.selectors.emplace_back(NameSelector{std::string(takeName())});
        return segment;
    }

    std::string_view takeName() noexcept
    {
        const std::size_t begin = m_at;
        while (m_at < m_text.size() && (beginsName(m_text[m_at]) || isDigit(m_text[m_at])))
            ++m_at;
        return m_text.substr(begin, m_at - begin);
    }

    Result<std::vector<Selector>> parseBracketed()
    {
        if (!take('['))
            return wanted("\"[\"");
        std::vector<Selector> selectors;
        do {
            skipBlanks();
            CLAIMSMITH_TRY(Selector selector, parseSelector());
            selectors.push_back(std::move(selector));
            skipBlanks();
        } while (take(','));
        if (!take(']'))
            return wanted("\",\" or \"]\"");
        return selectors;
    }

    Result<Selector> parseSelector()
    {
        if (take('*'))
            return Selector(WildcardSelector{});
        if (peek() == '\'' || peek() == '"') {
            CLAIMSMITH_TRY(std::string name, parseString());
            return Selector(NameSelector{std::move(name)});
        }
        if (take('?')) {
            skipBlanks();
            CLAIMSMITH_TRY(auto filter, parseOr());
            return Selector(std::move(filter));
        }
        return parseIndexOrSlice();
    }

    Result<Selector> parseIndexOrSlice()
    {
        std::optional<std::int64_t> start;
        if (peek() != ':') {
            CLAIMSMITH_TRY(start, parseInteger());
        }
        const std::size_t afterStart = m_at;
        skipBlanks();
        if (!take(':')) {
            m_at = afterStart;
            return Selector(IndexSelector{*start});
        }
        SliceSelector slice;
        slice.start = start;
        CLAIMSMITH_TRY(slice.end, parseBound());
        skipBlanks();
        if (take(':')) {
            CLAIMSMITH_TRY(const auto step, parseBound());
            slice.step = step.value_or(1);
        }
        return Selector(slice);
    }

    Result<std::optional<std::int64_t>> parseBound()
    {
        skipBlanks();
        if (peek() != '-' && !isDigit(peek()))
            return std::optional<std::int64_t>();
        CLAIMSMITH_TRY(const std::int64_t value, parseInteger());
        return std::optional(value);
    }

    /// int of §2.3.3.1: no leading zeros, no "-0", within ±(2^53 - 1).
    Result<std::int64_t> parseInteger()
    {
        const std::size_t begin = m_at;
        const bool negative = take('-');
        const std::size_t digits = m_at;
        while (isDigit(peek()))
            ++m_at;
        const std::string_view text = m_text.substr(begin, m_at - begin);
        const bool leadingZero = m_text.substr(digits, 1) == "0" && (m_at - digits > 1 || negative);
        std::int64_t value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error != std::errc() || leadingZero || value > largestIndex || value < -largestIndex) {
            m_at = begin;
            return wanted("a name in quotes, \"*\", \"?\" or an index");
        }
        return value;
    }

    /// A string in either kind of quotes, as a JSON string with the other one escaped (§2.3.1.1).
    Result<std::string> parseString()
    {
        const std::size_t begin = m_at;
        const char quote = m_text[m_at++];
        std::string json = "\"";
        while (m_at < m_text.size() && m_text[m_at] != quote) {
            const char c = m_text[m_at++];
            if (c == '"') {
                json += "\\\"";
            } else if (c == '\\' && peek() == '\'' && quote == '\'') {
                json += m_text[m_at++];
            } else if (c == '\\' && m_at < m_text.size()) {
                json += c;
                json += m_text[m_at++];
            } else {
                json += c;
            }
        }
        if (!take(quote))
            return wanted("the closing quote");
        auto value = parseJson(json + '"');
        if (!value) {
            m_at = begin;
            return wanted("a string");
        }
        return *value->asString();
    }

    using FilterPtr = std::shared_ptr<Filter>;

    Result<FilterPtr> parseOr() { return parseJoined("||", Filter::Kind::Or, &Parser::parseAnd); }
    Result<FilterPtr> parseAnd() { return parseJoined("&&", Filter::Kind::And, &Parser::parseBasic); }

    Result<FilterPtr> parseJoined(std::string_view word, Filter::Kind kind, Result<FilterPtr> (Parser::*parsePart)())
    {
        CLAIMSMITH_TRY(FilterPtr first, (this->*parsePart)());
        auto joined = std::make_shared<Filter>();
        joined->kind = kind;
        joined->parts.push_back(std::move(first));
        for (;;) {
            const std::size_t before = m_at;
            skipBlanks();
            if (!take(word)) {
                m_at = before;
                break;
            }
            skipBlanks();
            CLAIMSMITH_TRY(FilterPtr next, (this->*parsePart)());
            joined->parts.push_back(std::move(next));
        }
        return joined->parts.size() == 1 ? joined->parts[0] : joined;
    }

    Result<FilterPtr> parseBasic()
    {
        if (++m_depth > deepest)
            return tooDeep();
        auto filter = parseBasicHere();
        --m_depth;
        return filter;
    }

    Result<FilterPtr> parseBasicHere()
    {
        if (take('!')) {
            skipBlanks();
            const bool inParentheses = peek() == '(';
            CLAIMSMITH_TRY(FilterPtr part, inParentheses ? parseParentheses() : parseTest());
            auto negated = std::make_shared<Filter>();
            negated->kind = Filter::Kind::Not;
            negated->parts.push_back(std::move(part));
            return negated;
        }
        return peek() == '(' ? parseParentheses() : parseComparisonOrTest();
    }

    Result<FilterPtr> parseParentheses()
    {
        take('(');
        skipBlanks();
        CLAIMSMITH_TRY(FilterPtr filter, parseOr());
        skipBlanks();
        if (!take(')'))
            return wanted("\")\"");
        return filter;
    }

    Result<FilterPtr> parseTest()
    {
        CLAIMSMITH_TRY(Operand operand, parseOperand());
        return testOf(std::move(operand));
    }

    Result<FilterPtr> testOf(Operand operand)
    {
        // A literal or a function's value alone is neither true nor false (§2.3.5.1).
        if (!std::holds_alternative<SubQuery>(operand.content) || operand.function)
            return wanted("a comparison");
        auto test = std::make_shared<Filter>();
        test->operands.push_back(std::move(operand));
        return test;
    }

    Result<FilterPtr> parseComparisonOrTest()
    {
        const std::size_t begin = m_at;
        CLAIMSMITH_TRY(Operand left, parseOperand());
        const std::size_t before = m_at;
        skipBlanks();
        const auto comparison = takeComparison();
        if (!comparison) {
            m_at = before;
            return testOf(std::move(left));
        }
        skipBlanks();
        const std::size_t rightBegin = m_at;
        CLAIMSMITH_TRY(Operand right, parseOperand());
        CLAIMSMITH_CHECK(checkComparable(left, begin));
        CLAIMSMITH_CHECK(checkComparable(right, rightBegin));
        auto filter = std::make_shared<Filter>();
        filter->kind = Filter::Kind::Compare;
        filter->comparison = *comparison;
        filter->operands.push_back(std::move(left));
        filter->operands.push_back(std::move(right));
        return filter;
    }

    std::optional<Comparison> takeComparison() noexcept
    {
        static constexpr std::array<std::pair<std::string_view, Comparison>, 6> words{
            {{"==", Comparison::Equal},
             {"!=", Comparison::NotEqual},
             {"<=", Comparison::LessOrEqual},
             {">=", Comparison::GreaterOrEqual},
             {"<", Comparison::Less},
             {">", Comparison::Greater}}};
        for (const auto& [word, comparison] : words)
            if (take(word))
                return comparison;
        return {};
    }

    /// Compared queries select at most one value: names and indices only (singular-query, §2.3.5.1).
    Result<void> checkComparable(const Operand& operand, std::size_t begin)
    {
        const SubQuery* query = std::get_if<SubQuery>(&operand.content);
        if (!query || operand.function)
            return {};
        for (const Segment& segment : query->segments) {
            const bool one = segment.selectors.size() == 1 && !segment.descendant &&
                             (std::holds_alternative<NameSelector>(segment.selectors[0]) ||
                              std::holds_alternative<IndexSelector>(segment.selectors[0]));
            if (!one) {
                m_at = begin;
                return wanted("a query for one value");
            }
        }
        return {};
    }

    Result<Operand> parseOperand()
    {
        if (peek() == '@' || peek() == '$') {
            CLAIMSMITH_TRY(SubQuery query, parseSubQuery());
            return Operand{std::move(query)};
        }
        if (peek() == '\'' || peek() == '"') {
            CLAIMSMITH_TRY(std::string text, parseString());
            return Operand{Value(std::move(text))};
        }
        if (const NumberScan number = scanJsonNumber(m_text.substr(m_at));
            number.outcome == NumberScan::Outcome::Number) {
            const std::string_view text = m_text.substr(m_at, number.size);
            m_at += number.size;
            return Operand{Value(Number(std::string(text)))};
        }
        if (!beginsName(peek()))
            return wanted("\"@\", \"$\" or a literal");
        return parseWord();
    }

    Result<SubQuery> parseSubQuery()
    {
        SubQuery query;
        query.relative = m_text[m_at++] == '@';
        if (++m_depth > deepest)
            return tooDeep();
        CLAIMSMITH_TRY(query.segments, parseSegments());
        --m_depth;
        return query;
    }

    /// true, false, null, or a function.
    Result<Operand> parseWord()
    {
        const std::size_t begin = m_at;
        const std::string_view word = takeName();
        if (!take('(')) {
            if (word == "true" || word == "false")
                return Operand{Value(word == "true")};
            if (word == "null")
                return Operand{Value()};
            m_at = begin;
            return wanted("\"@\", \"$\" or a literal");
        }
        const auto function = functionOf(word);
        if (!function) {
            Error error{JsonPathErrorCode::UnknownFunction};
            error.place.offset = begin;
            error.parameters.emplace_back("name", word);
            return error;
        }
        skipBlanks();
        CLAIMSMITH_TRY(Operand operand, parseOperand());
        if (*function == Function::Length)
            CLAIMSMITH_CHECK(checkComparable(operand, begin));
        else if (!std::holds_alternative<SubQuery>(operand.content))
            return wanted("a query");
        skipBlanks();
        if (!take(')'))
            return wanted("\")\"");
        operand.function = *function;
        return operand;
    }

    static std::optional<Function> functionOf(std::string_view name) noexcept
    {
        if (name == "length")
            return Function::Length;
        if (name == "count")
            return Function::Count;
        if (name == "value")
            return Function::Value;
        return {};
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    int m_depth = 0;
};

} // namespace

Result<std::vector<Segment>> parse(std::string_view text)
{
    return Parser(text).parseWhole();
}

} // namespace claimsmith::document::jsonpath
