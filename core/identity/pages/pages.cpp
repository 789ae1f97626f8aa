// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/pages/pages.h"

#include "identity/pages/html.h"

namespace claimsmith::identity {
namespace {

std::string opening(const ShownInteraction& shown, std::string_view action)
{
    return "<form method=\"post\" action=\"" + escapeHtml(shown.root + std::string(action)) + "\">" +
           hiddenField("interaction", shown.id) + hiddenField("token", shown.token);
}

std::string alert(std::string_view problem)
{
    return problem.empty() ? std::string() : "<p class=\"alert\" role=\"alert\">" + escapeHtml(problem) + "</p>";
}

std::string decision(std::string_view name, std::string_view value, std::string_view label, bool isSecond)
{
    return "<button" + std::string(isSecond ? " class=\"second\"" : "") + " name=\"" + escapeHtml(name) +
           "\" value=\"" + escapeHtml(value) + "\">" + escapeHtml(label) + "</button>";
}

} // namespace

http::Response loginPage(const Realm& realm, const ShownInteraction& shown, std::string_view clientName,
                         std::string_view username, std::string_view problem)
{
    const std::string& name = realm.settings.name.empty() ? realm.settings.path : realm.settings.name;
    const std::string_view focusName = username.empty() ? " autofocus" : "";
    const std::string_view focusPassword = username.empty() ? "" : " autofocus";
    std::string body = "<p>" + escapeHtml(name) + " for " + escapeHtml(clientName) + "</p>" + alert(problem);
    body += opening(shown, "/login") + "<label for=\"username\">User name</label>";
    body += "<input type=\"text\" id=\"username\" name=\"username\" autocomplete=\"username\" required value=\"" +
            escapeHtml(username) + "\"" + std::string(focusName) + ">";
    body += "<label for=\"password\">Password</label><input type=\"password\" id=\"password\" name=\"password\" "
            "autocomplete=\"current-password\" required" +
            std::string(focusPassword) + "><button>Sign in</button></form>";
    return page(problem.empty() ? 200 : 400, "Sign in", body, shown.leadsTo);
}

http::Response consentPage(const ShownInteraction& shown, std::string_view clientName, std::string_view username,
                           const std::vector<std::string>& scopes)
{
    std::string body =
        "<p>" + escapeHtml(clientName) + " asks for access in the name of " + escapeHtml(username) + ":</p><ul>";
    for (const std::string& scope : scopes)
        body += "<li>" + escapeHtml(scope) + "</li>";
    body += "</ul>" + opening(shown, "/consent") + decision("decision", "allow", "Allow", false) +
            decision("decision", "deny", "Refuse", true) + "</form>";
    return page(200, "Allow access", body, shown.leadsTo);
}

http::Response deviceCodePage(const ShownInteraction& shown, std::string_view userCode, std::string_view problem)
{
    std::string body = "<p>Enter the code that your device shows.</p>" + alert(problem) + opening(shown, "/device");
    body += "<label for=\"user_code\">Code</label><input type=\"text\" id=\"user_code\" name=\"user_code\" "
            "autocomplete=\"off\" autocapitalize=\"characters\" spellcheck=\"false\" required autofocus value=\"" +
            escapeHtml(userCode) + "\"><button>Go on</button></form>";
    return page(problem.empty() ? 200 : 400, "Connect a device", body);
}

http::Response logoutPage(const ShownInteraction& shown, std::string_view username)
{
    const std::string body = "<p>You are signed in as " + escapeHtml(username) + ".</p>" + opening(shown, "/logout") +
                             decision("decision", "leave", "Sign out", false) +
                             decision("decision", "stay", "Stay signed in", true) + "</form>";
    return page(200, "Sign out", body, shown.leadsTo);
}

http::Response messagePage(int status, std::string_view title, std::string_view text)
{
    return page(status, title, "<p>" + escapeHtml(text) + "</p>");
}

http::Response formPostPage(std::string_view redirectUri,
                            const std::vector<std::pair<std::string, std::string>>& fields)
{
    std::string body = "<p>One more step leads back to the application.</p><form method=\"post\" action=\"" +
                       escapeHtml(redirectUri) + "\">";
    for (const auto& [name, value] : fields)
        body += hiddenField(name, value);
    body += "<button autofocus>Continue</button></form>";
    return page(200, "Continue", body, redirectUri);
}

} // namespace claimsmith::identity
