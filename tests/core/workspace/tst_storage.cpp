// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/storage.h"

#include "base/file.h"
#include "support/testing.h"

#include <csignal>
#include <fstream>

#include <sys/wait.h>
#include <unistd.h>

using namespace claimsmith;
using namespace claimsmith::workspace;
namespace fs = std::filesystem;

Q_DECLARE_METATYPE(claimsmith::workspace::StorageErrorCode)

namespace {

Request makeRequest(std::string id, std::string name)
{
    Request request;
    request.id = std::move(id);
    request.name = std::move(name);
    request.url = "{{gateway}}/api";
    return request;
}

/// One of everything, each with something that is no default.
Workspace makeWorkspace()
{
    Workspace workspace;
    workspace.id = "w1";
    workspace.name = "Bank";
    workspace.gateway.proxyListen = "127.0.0.1:9000";
    workspace.gateway.echoStandsInFor = {"localhost:3000"};
    workspace.kongYml = "_format_version: \"3.0\" # c\n";

    Request full = makeRequest("r1", "Call /api");
    full.method = "POST";
    full.via = Via::Direct;
    full.params = {{true, "a", "1", ""}, {false, "b", "two\nlines", "off"}};
    full.headers = {{true, "Accept", "*/*", ""}};
    full.body = {BodyKind::Form, "kept\ntext\n", "text/x", {{true, "f", "v", ""}}, "file.bin"};
    full.auth = SignedTokenAuth{"issuer", "X-Token", ""};
    full.description = "why";
    Request bearer = makeRequest("r2", "call /API!");
    bearer.auth = BearerAuth{"{{token.issuer}}", "Token"};
    Request basic = makeRequest("r3", "con");
    basic.auth = BasicAuth{"bob", "{{secret:bob}}"};
    Request apiKey = makeRequest("r4", "\xC3\xA9\xE2\x82\xAC");
    apiKey.auth = ApiKeyAuth{"k", "v", true};
    Folder inner{"f2", "Inner", {apiKey}, {}};
    workspace.folders = {{"f1", "my-api-service", {bearer, full}, {inner}}, {"f3", "Empty", {basic}, {}}};

    workspace.environments = {{"e1", "base", "", "", false, "{}"},
                              {"e2", "production", "base", "#ff0000", true, "{\n  // the real one\n  \"a\": 1\n}\n"}};
    workspace.tokens = {
        {"t1", "issuer", "HS384", "{\"alg\":\"HS384\"}", "{\n  \"exp\": \"now+10m\"\n}", CredentialKey{"c", "k"}},
        {"t2", "ring", "RS256", "{}", "{}", KeyringKey{"device/1"}},
        {"t3", "secret", "HS256", "{}", "{}", SecretKey{"s", SecretEncoding::Hex}}};
    workspace.keys = {{"device/1", R"({"kty":"OKP","crv":"Ed25519","x":"abc"})", "EdDSA", true},
                      {"hmac", "", "HS256", true}};
    return workspace;
}

} // namespace

class TestStorage final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void roundTrip();
    void writesFilesThatReadWell();
    void savingTheSameWritesNothing();
    void oneChangeWritesOneFile();
    void renamesAndMoves();
    void removesWithFolders();
    void orderIsInTheParent();
    void filesMadeByHandAreFound();
    void copiedFilesGetIdsOfTheirOwn();
    void environmentsNeedNoFile();
    void keepsMembersItDoesNotKnow();
    void reportsWrongFiles_data();
    void reportsWrongFiles();
    void refusesToOpen_data();
    void refusesToOpen();
    void brokenFilesAreLeftAlone();
    void noticesChangesOnDisk();
    void doesNotOverwriteChangesOnDisk();
    void writesDeletedFilesAnew();
    void refusesPrivateKeys_data();
    void refusesPrivateKeys();
    void refusesFoldersInUse();
    void reportsWhatCannotBeWritten();
    void staleTemporariesGo();
    void killedWhileSaving();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    fs::path m_path;

    void put(const char* file, std::string_view text) const
    {
        fs::create_directories((m_path / file).parent_path());
        std::ofstream(m_path / file) << text;
    }
    std::string get(const char* file) const { return readFile(m_path / file).valueOr("<none>"); }
    std::vector<std::string> files() const
    {
        std::vector<std::string> found;
        for (const auto& entry : fs::recursive_directory_iterator(m_path)) {
            if (entry.is_regular_file())
                found.push_back(entry.path().lexically_relative(m_path).string());
        }
        std::sort(found.begin(), found.end());
        return found;
    }
};

void TestStorage::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = fs::path(m_folder->path().toStdString()) / "bank";
}

void TestStorage::roundTrip()
{
    const Workspace workspace = makeWorkspace();
    const auto created = Storage::create(m_path, workspace);
    CLAIMSMITH_VERIFY_RESULT(created);
    QVERIFY(created->workspace() == workspace);
    const auto opened = Storage::open(m_path);
    CLAIMSMITH_VERIFY_RESULT(opened);
    QVERIFY(opened->problems().empty());
    QVERIFY(opened->workspace() == workspace);
    QVERIFY((files() ==
             std::vector<std::string>{"environments/base.json", "environments/production.json", "gateway/kong.yml",
                                      "keys/device-1.json", "keys/hmac.json", "requests/empty/con_.json",
                                      "requests/empty/folder.json", "requests/my-api-service/call-api-2.json",
                                      "requests/my-api-service/call-api.json", "requests/my-api-service/folder.json",
                                      "requests/my-api-service/inner/folder.json",
                                      "requests/my-api-service/inner/\xC3\xA9\xE2\x82\xAC.json", "tokens/issuer.json",
                                      "tokens/ring.json", "tokens/secret.json", "workspace.json"}));
}

void TestStorage::writesFilesThatReadWell()
{
    CLAIMSMITH_VERIFY_RESULT(Storage::create(m_path, makeWorkspace()));
    const std::string expected1 = R"({
  "id": "r3",
  "name": "con",
  "method": "GET",
  "url": "{{gateway}}/api",
  "auth": {
    "kind": "basic",
    "username": "bob",
    "password": "{{secret:bob}}"
  }
}
)";
    QCOMPARE(get("requests/empty/con_.json"), expected1);
    const std::string expected2 = R"({
  "id": "t1",
  "name": "issuer",
  "algorithm": "HS384",
  "header": "{\"alg\":\"HS384\"}",
  "payload": [
    "{",
    "  \"exp\": \"now+10m\"",
    "}"
  ],
  "key": {
    "consumer": "c",
    "key": "k"
  }
}
)";
    QCOMPARE(get("tokens/issuer.json"), expected2);
    const std::string expected3 = R"({
  "id": "f1",
  "name": "my-api-service",
  "requests": [
    "call-api",
    "call-api-2"
  ],
  "folders": [
    "inner"
  ]
}
)";
    QCOMPARE(get("requests/my-api-service/folder.json"), expected3);
    QCOMPARE(get("environments/production.json"), std::string("{\n  // the real one\n  \"a\": 1\n}\n"));
    QCOMPARE(get("gateway/kong.yml"), std::string("_format_version: \"3.0\" # c\n"));
}

void TestStorage::savingTheSameWritesNothing()
{
    CLAIMSMITH_VERIFY_RESULT(Storage::create(m_path, makeWorkspace()));
    // Formatted by hand: stays as it is until the thing in it changes.
    put("requests/empty/con_.json", R"({"name":"con","url":"{{gateway}}/api","id":"r3","auth":{"kind":"none"}})");
    auto storage = Storage::open(m_path);
    CLAIMSMITH_VERIFY_RESULT(storage);
    const Workspace same = storage->workspace();
    CLAIMSMITH_VERIFY_RESULT(storage->save(same));
    QVERIFY(!storage->isChangedOnDisk());
    QCOMPARE(get("requests/empty/con_.json"),
             std::string(R"({"name":"con","url":"{{gateway}}/api","id":"r3","auth":{"kind":"none"}})"));
}

void TestStorage::oneChangeWritesOneFile()
{
    auto storage = Storage::create(m_path, makeWorkspace());
    CLAIMSMITH_VERIFY_RESULT(storage);
    std::map<std::string, fs::file_time_type> times;
    for (const std::string& file : files()) {
        fs::last_write_time(m_path / file, fs::file_time_type::clock::now() - std::chrono::hours(1));
        times[file] = fs::last_write_time(m_path / file);
    }
    Workspace changed = storage->workspace();
    changed.findRequest("r1")->url = "{{gateway}}/v2";
    CLAIMSMITH_VERIFY_RESULT(storage->save(changed));
    for (const std::string& file : files())
        QCOMPARE(fs::last_write_time(m_path / file) != times[file], file == "requests/my-api-service/call-api-2.json");
    QVERIFY(Storage::open(m_path)->workspace() == changed);
}

void TestStorage::renamesAndMoves()
{
    auto storage = Storage::create(m_path, makeWorkspace());
    CLAIMSMITH_VERIFY_RESULT(storage);
    Workspace changed = storage->workspace();
    changed.findRequest("r2")->name = "Log in";
    changed.folders[1].requests.push_back(*changed.findRequest("r1"));
    std::erase_if(changed.folders[0].requests, [](const Request& request) { return request.id == "r1"; });
    changed.folders[1].name = "Not empty";
    CLAIMSMITH_VERIFY_RESULT(storage->save(changed));
    QVERIFY(fs::exists(m_path / "requests/my-api-service/log-in.json"));
    QVERIFY(fs::exists(m_path / "requests/not-empty/call-api.json"));
    QVERIFY(!fs::exists(m_path / "requests/my-api-service/call-api.json"));
    QVERIFY(!fs::exists(m_path / "requests/my-api-service/call-api-2.json"));
    QVERIFY(!fs::exists(m_path / "requests/empty"));
    QVERIFY(!storage->isChangedOnDisk());
    QVERIFY(Storage::open(m_path)->workspace() == changed);
}

void TestStorage::removesWithFolders()
{
    auto storage = Storage::create(m_path, makeWorkspace());
    CLAIMSMITH_VERIFY_RESULT(storage);
    Workspace changed = storage->workspace();
    changed.folders.clear();
    changed.tokens.pop_back();
    changed.environments.erase(changed.environments.begin());
    CLAIMSMITH_VERIFY_RESULT(storage->save(changed));
    QVERIFY(!fs::exists(m_path / "requests"));
    QVERIFY(Storage::open(m_path)->workspace() == changed);
}

void TestStorage::orderIsInTheParent()
{
    auto storage = Storage::create(m_path, makeWorkspace());
    CLAIMSMITH_VERIFY_RESULT(storage);
    const auto before = files();
    Workspace changed = storage->workspace();
    std::reverse(changed.folders.begin(), changed.folders.end());
    std::reverse(changed.folders[1].requests.begin(), changed.folders[1].requests.end());
    std::reverse(changed.environments.begin(), changed.environments.end());
    std::reverse(changed.tokens.begin(), changed.tokens.end());
    CLAIMSMITH_VERIFY_RESULT(storage->save(changed));
    QVERIFY(files() == before);
    QVERIFY(Storage::open(m_path)->workspace() == changed);
}

void TestStorage::filesMadeByHandAreFound()
{
    put("workspace.json", R"({"format": 1, "name": "Hand made"})");
    put("requests/Service/B.json", R"({"name": "B", "url": "http://b"})");
    put("requests/Service/A.json", R"({"name": "A", "url": "http://a"})");
    put("environments/local.json", R"({"x": 1})");
    auto storage = Storage::open(m_path);
    CLAIMSMITH_VERIFY_RESULT(storage);
    const Workspace& workspace = storage->workspace();
    QVERIFY(storage->problems().empty());
    QCOMPARE(workspace.folders.size(), std::size_t(1));
    QCOMPARE(workspace.folders[0].name, std::string("Service"));
    QCOMPARE(workspace.folders[0].requests[0].name, std::string("A"));
    QCOMPARE(workspace.folders[0].requests[1].url, std::string("http://b"));
    QCOMPARE(workspace.environments[0].name, std::string("local"));
    QVERIFY(!workspace.id.empty() && !workspace.folders[0].id.empty() && !workspace.folders[0].requests[0].id.empty());
    // Saving gives them their ids and keeps their names.
    const Workspace same = workspace;
    CLAIMSMITH_VERIFY_RESULT(storage->save(same));
    QVERIFY((files() == std::vector<std::string>{"environments/local.json", "requests/Service/A.json",
                                                 "requests/Service/B.json", "requests/Service/folder.json",
                                                 "workspace.json"}));
    QVERIFY(Storage::open(m_path)->workspace() == same);
}

void TestStorage::copiedFilesGetIdsOfTheirOwn()
{
    CLAIMSMITH_VERIFY_RESULT(Storage::create(m_path, makeWorkspace()));
    fs::copy_file(m_path / "requests/empty/con_.json", m_path / "requests/empty/copy.json");
    auto storage = Storage::open(m_path);
    CLAIMSMITH_VERIFY_RESULT(storage);
    const auto& requests = storage->workspace().folders[1].requests;
    QCOMPARE(requests.size(), std::size_t(2));
    QCOMPARE(requests[0].id, std::string("r3"));
    QVERIFY(requests[1].id != "r3");
    const Workspace same = storage->workspace();
    CLAIMSMITH_VERIFY_RESULT(storage->save(same));
    QVERIFY(Storage::open(m_path)->workspace() == same);
}

/// One that is kept out of git stays in the index, and gets its file when it is edited.
void TestStorage::environmentsNeedNoFile()
{
    CLAIMSMITH_VERIFY_RESULT(Storage::create(m_path, makeWorkspace()));
    fs::remove(m_path / "environments/production.json");
    auto storage = Storage::open(m_path);
    CLAIMSMITH_VERIFY_RESULT(storage);
    QVERIFY(storage->problems().empty());
    Workspace changed = storage->workspace();
    QCOMPARE(changed.environments[1].name, std::string("production"));
    QCOMPARE(changed.environments[1].text, std::string("{}"));
    changed.name = "Changed";
    CLAIMSMITH_VERIFY_RESULT(storage->save(changed));
    QVERIFY(!fs::exists(m_path / "environments/production.json"));
    QVERIFY(Storage::open(m_path)->workspace() == changed);
    changed.environments[1].text = "{\"a\": 1}";
    CLAIMSMITH_VERIFY_RESULT(storage->save(changed));
    QCOMPARE(get("environments/production.json"), std::string("{\"a\": 1}"));
}

void TestStorage::keepsMembersItDoesNotKnow()
{
    CLAIMSMITH_VERIFY_RESULT(Storage::create(m_path, makeWorkspace()));
    put("requests/empty/con_.json", R"({"id":"r3","future":{"n":1.50},"name":"con","url":"x","description":"old"})");
    auto storage = Storage::open(m_path);
    CLAIMSMITH_VERIFY_RESULT(storage);
    Workspace changed = storage->workspace();
    changed.findRequest("r3")->url = "y";
    changed.findRequest("r3")->description.clear();
    CLAIMSMITH_VERIFY_RESULT(storage->save(changed));
    const std::string expected4 = R"({
  "id": "r3",
  "name": "con",
  "method": "GET",
  "url": "y",
  "future": {
    "n": 1.50
  }
}
)";
    QCOMPARE(get("requests/empty/con_.json"), expected4);
}

void TestStorage::reportsWrongFiles_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<StorageErrorCode>("code");
    QTest::addColumn<QByteArray>("pointer");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    const auto row = [](const char* name, const char* file, const char* text, StorageErrorCode code,
                        const char* pointer, int line, int column) {
        QTest::newRow(name) << QByteArray(file) << QByteArray(text) << code << QByteArray(pointer) << line << column;
    };
    using Code = StorageErrorCode;
    const char* request = "requests/empty/con_.json";
    row("merge conflict", request, "{\n<<<<<<< HEAD\n", Code::Unreadable, "", 2, 1);
    row("empty file", request, "", Code::Unreadable, "", 1, 1);
    row("list for an object", request, "[]", Code::WrongType, "", 1, 1);
    row("no name", request, "{\"url\": \"x\"}", Code::MissingMember, "", 1, 1);
    row("number for a name", request, "{\"name\": 7}", Code::WrongType, "/name", 1, 10);
    row("number among lines", request, "{\"name\": \"x\",\n \"description\": [\"a\", 7]}", Code::WrongType,
        "/description/1", 2, 23);
    row("object for a list of rows", request, "{\"name\": \"x\", \"headers\": {}}", Code::WrongType, "/headers", 1, 26);
    row("text for a row", request, "{\"name\": \"x\", \"headers\": [\"a\"]}", Code::WrongType, "/headers/0", 1, 27);
    row("text for a boolean", request, "{\"name\": \"x\", \"params\": [{\"enabled\": \"yes\"}]}", Code::WrongType,
        "/params/0/enabled", 1, 38);
    row("unknown kind of body", request, "{\"name\": \"x\", \"body\": {\"kind\": \"xml\"}}", Code::UnknownValue,
        "/body/kind", 1, 32);
    row("unknown kind of authentication", request, "{\"name\": \"x\", \"auth\": {\"kind\": \"magic\"}}",
        Code::UnknownValue, "/auth/kind", 1, 32);
    row("unknown way", request, "{\"name\": \"x\", \"via\": \"proxy\"}", Code::UnknownValue, "/via", 1, 22);
    row("folder", "requests/empty/folder.json", "{\"name\": \"x\", \"requests\": \"a\"}", Code::WrongType, "/requests",
        1, 27);
    row("token without a key", "tokens/issuer.json", "{\"name\": \"x\", \"key\": {}}", Code::MissingMember, "/key", 1,
        22);
    row("token's encoding", "tokens/issuer.json",
        "{\"name\": \"x\", \"key\": {\"secret\": \"s\", \"encoding\": \"rot13\"}}", Code::UnknownValue, "/key/encoding",
        1, 50);
    row("key without kid", "keys/hmac.json", "{}", Code::MissingMember, "", 1, 1);
}

void TestStorage::reportsWrongFiles()
{
    QFETCH(QByteArray, file);
    QFETCH(QByteArray, text);
    QFETCH(StorageErrorCode, code);
    QFETCH(QByteArray, pointer);
    QFETCH(int, line);
    QFETCH(int, column);
    CLAIMSMITH_VERIFY_RESULT(Storage::create(m_path, makeWorkspace()));
    put(file, text.toStdString());
    auto storage = Storage::open(m_path);
    CLAIMSMITH_VERIFY_RESULT(storage);
    QCOMPARE(storage->problems().size(), std::size_t(1));
    const Error& problem = storage->problems().front();
    QCOMPARE(problem.code.name(), ErrorCode(code).name());
    QCOMPARE(problem.place.file, (m_path / file.toStdString()).string());
    QCOMPARE(problem.place.pointer, pointer.toStdString());
    QCOMPARE(static_cast<int>(problem.place.line), line);
    QCOMPARE(static_cast<int>(problem.place.column), column);
    // Nothing is lost by working on.
    Workspace changed = storage->workspace();
    changed.name = "Changed";
    changed.folders[0].name = "Renamed";
    CLAIMSMITH_VERIFY_RESULT(storage->save(changed));
    QCOMPARE(get(file), text.toStdString());
}

void TestStorage::refusesToOpen_data()
{
    QTest::addColumn<QByteArray>("index");
    QTest::addColumn<StorageErrorCode>("code");
    QTest::newRow("not a workspace") << QByteArray() << StorageErrorCode::NotAWorkspace;
    QTest::newRow("not JSON") << QByteArray("{") << StorageErrorCode::Unreadable;
    QTest::newRow("no format") << QByteArray("{\"name\":\"x\"}") << StorageErrorCode::MissingMember;
    QTest::newRow("text for a format") << QByteArray("{\"format\":\"1\",\"name\":\"x\"}")
                                       << StorageErrorCode::WrongType;
    QTest::newRow("later version") << QByteArray("{\"format\":2,\"name\":\"x\"}") << StorageErrorCode::NewerFormat;
    QTest::newRow("wrong gateway") << QByteArray("{\"format\":1,\"name\":\"x\",\"gateway\":[]}")
                                   << StorageErrorCode::WrongType;
}

void TestStorage::refusesToOpen()
{
    QFETCH(QByteArray, index);
    QFETCH(StorageErrorCode, code);
    fs::create_directories(m_path);
    if (!index.isNull())
        put("workspace.json", index.toStdString());
    const auto storage = Storage::open(m_path);
    QVERIFY(!storage);
    QCOMPARE(storage.error().code.name(), ErrorCode(code).name());
    QVERIFY(!storage.error().place.file.empty());
    QVERIFY(Storage::open(m_path / "none").error().code == StorageErrorCode::NotAFolder);
}

void TestStorage::brokenFilesAreLeftAlone()
{
    CLAIMSMITH_VERIFY_RESULT(Storage::create(m_path, makeWorkspace()));
    put("requests/my-api-service/call-api.json", "broken");
    auto storage = Storage::open(m_path);
    CLAIMSMITH_VERIFY_RESULT(storage);
    Workspace changed = storage->workspace();
    QVERIFY(!changed.findRequest("r2"));
    // One with the broken file's name gets another file, and the broken one stays in the order.
    changed.folders[0].requests.push_back(makeRequest("r9", "Call API"));
    CLAIMSMITH_VERIFY_RESULT(storage->save(changed));
    QCOMPARE(get("requests/my-api-service/call-api.json"), std::string("broken"));
    QVERIFY(fs::exists(m_path / "requests/my-api-service/call-api-3.json"));
    QVERIFY(get("requests/my-api-service/folder.json").find("\"call-api\"") != std::string::npos);
    // Repaired by hand, it is back.
    put("requests/my-api-service/call-api.json", R"({"id":"r2","name":"Repaired"})");
    QVERIFY(storage->isChangedOnDisk());
    CLAIMSMITH_VERIFY_RESULT(storage->reload());
    QVERIFY(storage->problems().empty());
    QCOMPARE(storage->workspace().findRequest("r2")->name, std::string("Repaired"));
}

void TestStorage::noticesChangesOnDisk()
{
    auto storage = Storage::create(m_path, makeWorkspace());
    CLAIMSMITH_VERIFY_RESULT(storage);
    QVERIFY(!storage->isChangedOnDisk());
    put("README.md", "not ours");
    QVERIFY(!storage->isChangedOnDisk());
    put("requests/empty/new.json", R"({"name":"New"})");
    QVERIFY(storage->isChangedOnDisk());
    CLAIMSMITH_VERIFY_RESULT(storage->reload());
    QVERIFY(!storage->isChangedOnDisk());
    put("gateway/kong.yml", "services: []\n");
    QVERIFY(storage->isChangedOnDisk());
    CLAIMSMITH_VERIFY_RESULT(storage->reload());
    QCOMPARE(storage->workspace().kongYml, std::string("services: []\n"));
    fs::remove(m_path / "tokens/ring.json");
    QVERIFY(storage->isChangedOnDisk());
}

void TestStorage::doesNotOverwriteChangesOnDisk()
{
    auto storage = Storage::create(m_path, makeWorkspace());
    CLAIMSMITH_VERIFY_RESULT(storage);
    put("requests/empty/con_.json", R"({"id":"r3","name":"theirs"})");
    put("gateway/kong.yml", "theirs");
    const Workspace before = storage->workspace();
    Workspace changed = before;
    changed.findRequest("r3")->url = "mine";
    const auto saved = storage->save(changed);
    QVERIFY(!saved);
    QVERIFY(saved.error().code == StorageErrorCode::ChangedOnDisk);
    QCOMPARE(saved.error().place.file, (m_path / "requests/empty/con_.json").string());
    const std::string expected5 = R"({"id":"r3","name":"theirs"})";
    QCOMPARE(get("requests/empty/con_.json"), expected5);
    QVERIFY(storage->workspace() == before);
    // Nor are changed files deleted.
    changed = before;
    changed.folders.pop_back();
    QVERIFY(storage->save(changed).error().code == StorageErrorCode::ChangedOnDisk);
    const std::string expected6 = R"({"id":"r3","name":"theirs"})";
    QCOMPARE(get("requests/empty/con_.json"), expected6);
}

void TestStorage::writesDeletedFilesAnew()
{
    auto storage = Storage::create(m_path, makeWorkspace());
    CLAIMSMITH_VERIFY_RESULT(storage);
    fs::remove_all(m_path / "requests");
    Workspace changed = storage->workspace();
    changed.findRequest("r3")->url = "mine";
    CLAIMSMITH_VERIFY_RESULT(storage->save(changed));
    QVERIFY(get("requests/empty/con_.json").find("mine") != std::string::npos);
}

void TestStorage::refusesPrivateKeys_data()
{
    QTest::addColumn<QByteArray>("jwk");
    QTest::newRow("symmetric") << QByteArray(R"({"kty":"oct","k":"c2VjcmV0"})");
    QTest::newRow("private exponent") << QByteArray(R"({"kty":"RSA","n":"x","e":"AQAB","d":"y"})");
    QTest::newRow("PEM") << QByteArray("-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----\n");
}

void TestStorage::refusesPrivateKeys()
{
    QFETCH(QByteArray, jwk);
    auto storage = Storage::create(m_path, makeWorkspace());
    CLAIMSMITH_VERIFY_RESULT(storage);
    Workspace changed = storage->workspace();
    changed.keys[0].publicJwk = jwk.toStdString();
    const auto saved = storage->save(changed);
    QVERIFY(!saved);
    QVERIFY(saved.error().code == StorageErrorCode::SecretInFile);
    QVERIFY(saved.error().toString().find(changed.keys[0].publicJwk) == std::string::npos);
    QVERIFY(!storage->isChangedOnDisk());
}

void TestStorage::refusesFoldersInUse()
{
    put("notes.txt", "mine");
    QVERIFY(Storage::create(m_path, makeWorkspace()).error().code == StorageErrorCode::FolderNotEmpty);
    QVERIFY((files() == std::vector<std::string>{"notes.txt"}));
}

void TestStorage::reportsWhatCannotBeWritten()
{
    auto storage = Storage::create(m_path, makeWorkspace());
    CLAIMSMITH_VERIFY_RESULT(storage);
    fs::remove_all(m_path / "tokens");
    put("tokens", "a file where a folder has to be");
    Workspace changed = storage->workspace();
    changed.tokens[0].payload = "{\"a\":1}";
    const auto saved = storage->save(changed);
    QVERIFY(!saved);
    QVERIFY(saved.error().code == StorageErrorCode::NotWritable);
    QVERIFY(saved.error().place.file.ends_with("tokens/issuer.json"));
    // When the way is free again, saving goes on.
    fs::remove(m_path / "tokens");
    CLAIMSMITH_VERIFY_RESULT(storage->save(changed));
    QVERIFY(get("tokens/issuer.json").find("{\\\"a\\\":1}") != std::string::npos);
}

void TestStorage::staleTemporariesGo()
{
    CLAIMSMITH_VERIFY_RESULT(Storage::create(m_path, makeWorkspace()));
    const char* stale = "requests/empty/.con_.json.abcdefgh.claimsmith-tmp";
    put(stale, "half a requ");
    fs::last_write_time(m_path / stale, fs::file_time_type::clock::now() - std::chrono::hours(1));
    const auto storage = Storage::open(m_path);
    CLAIMSMITH_VERIFY_RESULT(storage);
    QVERIFY(storage->workspace() == makeWorkspace());
    QVERIFY(!fs::exists(m_path / stale));
}

/// kill -9 at any moment leaves a workspace that opens whole: each request has one of its states, none is lost.
void TestStorage::killedWhileSaving()
{
    CLAIMSMITH_VERIFY_RESULT(Storage::create(m_path, makeWorkspace()));
    for (int i = 0; i < 15; ++i) {
        const pid_t writer = ::fork();
        QVERIFY(writer >= 0);
        if (writer == 0) {
            auto storage = Storage::open(m_path);
            for (int round = 0; storage; ++round) {
                Workspace changed = storage->workspace();
                for (Folder& folder : changed.folders) {
                    folder.name = folder.name.substr(0, folder.name.find(' ')) + " " + std::to_string(round % 2);
                    for (Request& request : folder.requests)
                        request.url = std::string(20'000, static_cast<char>('a' + round % 20));
                }
                if (!storage->save(changed))
                    ::_exit(1);
            }
            ::_exit(1);
        }
        ::usleep(static_cast<useconds_t>(3'000 + 700 * i)); // another moment each time
        ::kill(writer, SIGKILL);
        int status = 0;
        ::waitpid(writer, &status, 0);
        QVERIFY(WIFSIGNALED(status));
        const auto storage = Storage::open(m_path);
        CLAIMSMITH_VERIFY_RESULT(storage);
        QVERIFY(storage->problems().empty());
        for (const char* id : {"r1", "r2", "r3", "r4"})
            QVERIFY2(storage->workspace().findRequest(id), id);
    }
}

QTEST_APPLESS_MAIN(TestStorage)
#include "tst_storage.moc"
