// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/file.h"

#include "support/testing.h"

#include <chrono>
#include <csignal>
#include <fstream>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace claimsmith;
namespace fs = std::filesystem;

class TestFile final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void writesAndReads();
    void keepsPermissions();
    void privateFilesAreForTheOwner();
    void followsLinks();
    void refuses();
    void leavesNothingBehindOnFailure();
    void killedWriterLeavesOldOrNew();
    void removesStaleTemporaries();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    fs::path m_path;

    mode_t modeOf(const fs::path& path) const
    {
        struct stat status
        {
        };
        ::stat(path.c_str(), &status);
        return status.st_mode & 0777U;
    }
    std::size_t filesIn(const fs::path& folder) const
    {
        return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
    }
};

void TestFile::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->path().toStdString();
}

void TestFile::writesAndReads()
{
    const Bytes content("a\0b\xFF", 4);
    CLAIMSMITH_VERIFY_RESULT(writeFileAtomically(m_path / "x", content));
    CLAIMSMITH_VERIFY_RESULT(writeFileAtomically(m_path / "x", content + content));
    const auto read = readFile(m_path / "x");
    CLAIMSMITH_VERIFY_RESULT(read);
    QCOMPARE(*read, content + content);
    QCOMPARE(filesIn(m_path), std::size_t(1));
}

void TestFile::keepsPermissions()
{
    std::ofstream(m_path / "x") << "old";
    fs::permissions(m_path / "x", fs::perms(0640));
    CLAIMSMITH_VERIFY_RESULT(writeFileAtomically(m_path / "x", "new"));
    QCOMPARE(modeOf(m_path / "x"), mode_t(0640));
}

void TestFile::privateFilesAreForTheOwner()
{
    std::ofstream(m_path / "x") << "old";
    fs::permissions(m_path / "x", fs::perms(0644));
    CLAIMSMITH_VERIFY_RESULT(writeFileAtomically(m_path / "x", "new", FileAccess::Private));
    CLAIMSMITH_VERIFY_RESULT(writeFileAtomically(m_path / "y", "new", FileAccess::Private));
    QCOMPARE(modeOf(m_path / "x"), mode_t(0600));
    QCOMPARE(modeOf(m_path / "y"), mode_t(0600));
}

void TestFile::followsLinks()
{
    fs::create_directory(m_path / "folder");
    std::ofstream(m_path / "folder" / "x") << "old";
    fs::create_symlink("folder/x", m_path / "link");
    CLAIMSMITH_VERIFY_RESULT(writeFileAtomically(m_path / "link", "new"));
    QVERIFY(fs::is_symlink(m_path / "link"));
    QCOMPARE(*readFile(m_path / "folder" / "x"), Bytes("new"));
}

void TestFile::refuses()
{
    QVERIFY(readFile(m_path / "none").error().code == FileErrorCode::NotFound);
    QCOMPARE(readFile(m_path / "none").error().place.file, (m_path / "none").string());
    QVERIFY(readFile(m_path).error().code == FileErrorCode::NotAFile);
    std::ofstream(m_path / "x") << "12345";
    QVERIFY(readFile(m_path / "x", 4).error().code == FileErrorCode::TooLarge);
    CLAIMSMITH_VERIFY_RESULT(readFile(m_path / "x", 5));
    QCOMPARE(::mkfifo((m_path / "pipe").c_str(), 0600), 0);
    QVERIFY(readFile(m_path / "pipe").error().code == FileErrorCode::NotAFile);
}

void TestFile::leavesNothingBehindOnFailure()
{
    fs::create_directory(m_path / "x"); // a folder can't be replaced by a file
    QVERIFY(!writeFileAtomically(m_path / "x", "new"));
    QVERIFY(writeFileAtomically(m_path / "none" / "x", "new").error().code == FileErrorCode::NotFound);
    QCOMPARE(filesIn(m_path), std::size_t(1));
}

/// A writer that is killed at any moment leaves a whole file.
void TestFile::killedWriterLeavesOldOrNew()
{
    const fs::path path = m_path / "x";
    const Bytes one(1U << 20, '1');
    const Bytes two(1U << 20, '2');
    CLAIMSMITH_VERIFY_RESULT(writeFileAtomically(path, one));
    for (int i = 0; i < 20; ++i) {
        const pid_t writer = ::fork();
        QVERIFY(writer >= 0);
        if (writer == 0) {
            while (true) {
                if (!writeFileAtomically(path, two) || !writeFileAtomically(path, one))
                    ::_exit(1);
            }
        }
        ::usleep(static_cast<useconds_t>(500 * (i + 1))); // another moment each time
        ::kill(writer, SIGKILL);
        int status = 0;
        ::waitpid(writer, &status, 0);
        QVERIFY(WIFSIGNALED(status));
        const auto content = readFile(path);
        CLAIMSMITH_VERIFY_RESULT(content);
        QVERIFY(*content == one || *content == two);
    }
}

void TestFile::removesStaleTemporaries()
{
    for (const char* name : {".x.abcdefgh.claimsmith-tmp", ".y.abcdefgh.claimsmith-tmp", ".hidden", "x"})
        std::ofstream(m_path / name) << "x";
    for (const char* name : {".x.abcdefgh.claimsmith-tmp", ".hidden", "x"})
        fs::last_write_time(m_path / name, fs::file_time_type::clock::now() - std::chrono::hours(1));
    removeStaleTemporaries(m_path);
    QVERIFY(!fs::exists(m_path / ".x.abcdefgh.claimsmith-tmp"));
    QCOMPARE(filesIn(m_path), std::size_t(3)); // a fresh one may belong to a program that is writing
}

QTEST_APPLESS_MAIN(TestFile)
#include "tst_file.moc"
