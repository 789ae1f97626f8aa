// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/prefixtree.h"
#include "support/testing.h"

#include <random>

using namespace claimsmith::gateway;

class PrefixTreeTest final : public QObject
{
    Q_OBJECT

private slots:
    void numbersPrefixesAsTheyCome();
    void visitsTheLongestFirst_data();
    void visitsTheLongestFirst();
    void findsWhatASearchOfAllFinds();
};

namespace {

std::vector<std::size_t> prefixesOf(const PrefixTree& tree, std::string_view text)
{
    std::vector<std::size_t> numbers;
    tree.visitPrefixesOf(text, [&](std::size_t number) { numbers.push_back(number); });
    return numbers;
}

const std::vector<std::string> paths{"/a", "/a/b", "", "/abc", "/", "\xff"};

} // namespace

void PrefixTreeTest::numbersPrefixesAsTheyCome()
{
    PrefixTree tree;
    for (std::size_t i = 0; i < paths.size(); ++i)
        QCOMPARE(tree.add(paths[i]), i);
    for (std::size_t i = 0; i < paths.size(); ++i)
        QCOMPARE(tree.add(paths[i]), i);
}

void PrefixTreeTest::visitsTheLongestFirst_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::vector<std::size_t>>("expected");
    using Numbers = std::vector<std::size_t>;
    QTest::newRow("empty") << std::string() << Numbers{2};
    QTest::newRow("itself") << std::string("/a/b") << Numbers{1, 0, 4, 2};
    QTest::newRow("longer") << std::string("/a/bcd") << Numbers{1, 0, 4, 2};
    QTest::newRow("ends within a label") << std::string("/ab") << Numbers{0, 4, 2};
    QTest::newRow("leaves within a label") << std::string("/abd") << Numbers{0, 4, 2};
    QTest::newRow("other branch") << std::string("/abcd") << Numbers{3, 0, 4, 2};
    QTest::newRow("none but the empty one") << std::string("x") << Numbers{2};
    QTest::newRow("high byte") << std::string("\xff\xfe") << Numbers{5, 2};
}

void PrefixTreeTest::visitsTheLongestFirst()
{
    QFETCH(std::string, text);
    QFETCH(std::vector<std::size_t>, expected);
    PrefixTree tree;
    for (const std::string& path : paths)
        tree.add(path);
    QCOMPARE(prefixesOf(tree, text), expected);
}

void PrefixTreeTest::findsWhatASearchOfAllFinds()
{
    std::mt19937 random(7);
    const auto randomText = [&random] {
        std::string text(random() % 7, 'a');
        for (char& c : text)
            c = static_cast<char>('a' + random() % 3);
        return text;
    };
    PrefixTree tree;
    std::vector<std::string> known;
    for (int i = 0; i < 300; ++i) {
        const std::string text = randomText();
        if (tree.add(text) == known.size())
            known.push_back(text);
    }
    for (int i = 0; i < 300; ++i) {
        const std::string text = randomText() + randomText();
        std::vector<std::size_t> expected;
        for (std::size_t length = text.size() + 1; length-- > 0;)
            if (const auto found = std::ranges::find(known, text.substr(0, length)); found != known.end())
                expected.push_back(static_cast<std::size_t>(found - known.begin()));
        QCOMPARE(prefixesOf(tree, text), expected);
    }
}

QTEST_APPLESS_MAIN(PrefixTreeTest)
#include "tst_prefixtree.moc"
