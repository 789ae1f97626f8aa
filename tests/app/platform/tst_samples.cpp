// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/samples.h"

#include "base/file.h"
#include "document/yaml.h"
#include "support/testing.h"
#include "workspace/secretnames.h"
#include "workspace/storage.h"

using namespace claimsmith;
using namespace claimsmith::app;
namespace fs = std::filesystem;

class TestSamples final : public QObject
{
    Q_OBJECT

private slots:
    void namesSamples();
    void createsWorkspaces();
    void eachCopyIsItsOwn();
    void filesAreAsTheProgramWritesThem();
    void refuses();
};

namespace {

const fs::path sources = fs::path(CLAIMSMITH_SOURCE_DIR) / "resources" / "samples";

} // namespace

void TestSamples::namesSamples()
{
    std::vector<std::string> folders;
    for (const auto& entry : fs::directory_iterator(sources))
        folders.push_back(entry.path().filename().string());
    std::sort(folders.begin(), folders.end());
    QVERIFY(sampleNames() == folders);
    QVERIFY(std::find(folders.begin(), folders.end(), "login_server") != folders.end());
}

void TestSamples::createsWorkspaces()
{
    for (const std::string& name : sampleNames()) {
        const QTemporaryDir folder;
        const auto created = createSample(name, folder.path().toStdString());
        CLAIMSMITH_VERIFY_RESULT(created);
        const auto storage = workspace::Storage::open(folder.path().toStdString());
        CLAIMSMITH_VERIFY_RESULT(storage);
        QVERIFY(storage->problems().empty());
        QVERIFY(storage->workspace().findEnvironment(created->environment));
        CLAIMSMITH_VERIFY_RESULT(document::parseYaml(storage->workspace().kongYml));
        for (const auto& entry : fs::recursive_directory_iterator(sources / name))
            QVERIFY(fs::exists(folder.path().toStdString() / entry.path().lexically_relative(sources / name)));
        // A secret for each reference, and none of them in a file.
        std::set<std::string> names;
        for (const SampleSecret& secret : created->secrets) {
            names.insert(secret.name);
            QVERIFY(secret.value.size() >= 32);
            for (const auto& entry : fs::recursive_directory_iterator(folder.path().toStdString())) {
                if (entry.is_regular_file())
                    QVERIFY(readFile(entry.path())->find(secret.value.view()) == std::string::npos);
            }
        }
        for (const std::string& wanted : workspace::secretNames(storage->workspace()))
            QVERIFY2(names.contains(wanted) || wanted.starts_with("key/"), wanted.c_str());
    }
}

void TestSamples::eachCopyIsItsOwn()
{
    const QTemporaryDir one;
    const QTemporaryDir two;
    const auto first = createSample("login_server", one.path().toStdString());
    const auto second = createSample("login_server", two.path().toStdString());
    CLAIMSMITH_VERIFY_RESULT(first);
    CLAIMSMITH_VERIFY_RESULT(second);
    QVERIFY(workspace::Storage::open(one.path().toStdString())->workspace().id !=
            workspace::Storage::open(two.path().toStdString())->workspace().id);
    QVERIFY(!(first->secrets.front().value == second->secrets.front().value));
}

/// Nothing of a sample is rewritten by opening and saving it.
void TestSamples::filesAreAsTheProgramWritesThem()
{
    for (const std::string& name : sampleNames()) {
        const QTemporaryDir folder;
        const auto sample = workspace::Storage::open(sources / name);
        CLAIMSMITH_VERIFY_RESULT(sample);
        CLAIMSMITH_VERIFY_RESULT(workspace::Storage::create(folder.path().toStdString(), sample->workspace()));
        for (const auto& entry : fs::recursive_directory_iterator(sources / name)) {
            if (!entry.is_regular_file())
                continue;
            const fs::path file = entry.path().lexically_relative(sources / name);
            if (*file.begin() == "scenarios" || file == "secrets.json")
                continue; // not the storage's
            const auto written = readFile(fs::path(folder.path().toStdString()) / file);
            CLAIMSMITH_VERIFY_RESULT(written);
            QCOMPARE(*written, *readFile(entry.path()));
        }
    }
}

void TestSamples::refuses()
{
    const QTemporaryDir folder;
    for (const char* name : {"", "none", "../samples", "login_server/requests"})
        QVERIFY(createSample(name, folder.path().toStdString()).error().code == SampleErrorCode::UnknownSample);
    CLAIMSMITH_VERIFY_RESULT(writeFileAtomically(fs::path(folder.path().toStdString()) / "mine", "x"));
    QVERIFY(createSample("login_server", folder.path().toStdString()).error().code ==
            workspace::StorageErrorCode::FolderNotEmpty);
}

QTEST_GUILESS_MAIN(TestSamples)
#include "tst_samples.moc"
