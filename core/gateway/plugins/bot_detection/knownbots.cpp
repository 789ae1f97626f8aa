// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/bot_detection/knownbots.h"

#include "gateway/pattern.h"

#include <algorithm>
#include <string>
#include <vector>

namespace claimsmith::gateway::botdetection {
namespace {

using Names = std::vector<std::string_view>;

/// What counts wherever it stands.
const Names& anywhere()
{
    static const Names names{
        R"(Pingdom\.com_bot_version_\d+\.\d)",
        R"(facebookexternalhit/\d+\.\d)",
        R"(Google.*/\+/web/snippet)",
        R"(Twitterbot/\d+\.\d)",
        R"( PTST/\d+(?:\.\d+)?$)",
        R"(MSIE \d+\.\d+(?:[a-z]\d?)?;.* MSIECrawler)",
        // Names that tell what they do, with a version behind them or, for the clearest, without.
        R"((?:[Aa]rchiver|[Ii]ndexer|[Ss]craper|[Bb]ot|[Ss]pider|[Cc]rawl[a-z]*)[/ ]\d)",
        R"((?i:spider|crawl)|[Ss]crape)",
    };
    return names;
}

/// Behind a slash, with a version behind a space or dash.
const Names& behindSlash()
{
    static const Names names{R"((?:Ant-)?Nutch)", "[A-z]+[Bb]ot", "[A-z]+[Ss]pider", "Axtaris",
                             "fetchurl",          "Isara",        "ShopSalad",       "Tailsweep"};
    return names;
}

/// With a version behind a slash.
const Names& withVersion()
{
    static const Names names{
        "008",
        "Altresium",
        "Argus",
        "BaiduMobaider",
        "BoardReader",
        "DNSGroup",
        "DataparkSearch",
        "EDI",
        "Goodzer",
        "Grub",
        "INGRID",
        "Infohelfer",
        "LOOQ",
        "LinkedInBot",
        "Nutch",
        "OgScrper",
        "PathDefender",
        "Peew",
        "PostPost",
        "Steeler",
        "Twitterbot",
        "VSE",
        "WebCrunch",
        "WebZIP",
        "Y!J-BR[A-Z]",
        "YahooSeeker",
        "envolk",
        "sproose",
        "wminer",
        "Boto3?",
        "JetS3t",
        "aws-cli",
        "s3fs",
        R"(aws-sdk-[\w-]+)",
    };
    return names;
}

/// Libraries that programs fetch with; a version may follow.
const Names& libraries()
{
    static const Names names{
        "Google-HTTP-Java-Client",
        "Apache-HttpClient",
        "Go-http-client",
        "scalaj-http",
        "http%20client",
        "Python-urllib",
        "HttpMonitor",
        "TLSProber",
        "WinHTTP",
        "JNLP",
        "okhttp",
        "aihttp",
        "reqwest",
        "axios",
        "unirest-[a-z]+",
    };
    return names;
}

/// Crawlers by name.
const Names& crawlers()
{
    static const Names names{
        R"(1470\.net crawler)",
        R"(50\.nu)",
        "8bo Crawler Bot",
        "Aboundex",
        "Accoona-[A-z]+-Agent",
        "AdsBot-Google",
        "AppEngine-Google",
        "Ask Jeeves",
        "BUbiNG",
        "[Bb]ai[Dd]u[Ss]pider",
        "BingPreview",
        "BlogBridge",
        "Bloglovin",
        "BoardReader",
        "BotSeer",
        "CRAWL-E",
        "Catchpoint bot",
        "[Cc]harlotte",
        "Checklinks",
        R"(Comodo HTTP\(S\) Crawler)",
        "Daumoa",
        "Feed Seeker Bot",
        "Feedbin",
        "Flamingo_SearchEngine",
        "FollowSite Bot",
        "Genieo",
        "GomezAgent",
        "Google SketchUp",
        "Googlebot",
        "HiddenMarket",
        "HooWWWer",
        "IP2[a-z]+Bot",
        "Icarus6j",
        "IconSurf",
        "IlTrovatore",
        "InfuzApp",
        "InternetArchive",
        "KaloogaBot",
        "Kraken",
        "Kurzor",
        "LEIA",
        "LesnikBot",
        "LinkAider",
        "LinkedInBot",
        "Linguee Bot",
        "Lite Bot",
        "Llaut",
        "MJ12bot",
        R"(Mail\.RU_Bot)",
        "Mediapartners-Google",
        "Microsoft .*? Bot",
        "Mtps Feed Aggregation System",
        "^NING",
        "Netvibes",
        "NewsGator",
        "Nutch",
        "Nymesis",
        "OOZBOT",
        "ObjectsSearch",
        "Orbiter",
        "PagePeeker",
        "PagesInventory",
        "PaxleFramework",
        "Peeplo Screenshot Bot",
        "PlantyNet_WebRobot",
        "Pompos",
        "Qwantify",
        "Read%20Later",
        "Reaper",
        "RedCarpet",
        "Retreiver",
        "Riddler",
        "Rival IQ",
        "SEOstats",
        "Scrapy",
        "Scrubby",
        "SemrushBot",
        "SimplePie",
        "SimpleRSS",
        "Simpy",
        "SiteCon",
        "Slack-ImgProxy",
        "Slackbot-LinkExpanding",
        "Slurp",
        "Squrl Java",
        "Stringer",
        "TheUsefulbot",
        "ThumbShotsBot",
        R"(Thumbshots\.ru)",
        "Tiny Tiny RSS",
        "URL2PNG",
        "Vagabondo",
        "VoilaBot",
        "Votay bot",
        R"(WASALive\.Bot)",
        "WIRE",
        "Web-sniffer",
        "WebThumb",
        "WeSEE:[A-z]+",
        "WhatWeb",
        "WhatsApp",
        "WordPress",
        "Wotbox",
        "Xenu(?:.s)? Link Sleuth",
        "Xerka [A-z]+Bot",
        "Yahoo! Slurp",
        "Yahoo[a-z]*Seeker",
        R"(Yandex\w+)",
        R"(\bYeti)",
        "YodaoBot",
        "YottaaMonitor",
        "Yowedo",
        "^Zao",
        R"(ZeBot_www\.ze\.bz)",
        "ZooShot",
        "ZyBorg",
        "altavista",
        R"(archive.*?\.org_bot)",
        "archiver",
        "bingbot",
        "blitzbot",
        R"(boitho\.com-dc)",
        "clumboot",
        R"(\b\w*favicon\w*\b)",
        "findlinks",
        "furlbot",
        "gigabot",
        "gonzo1",
        "grub-client",
        "heritrix",
        "holmes",
        "htdig",
        "ia_archiver",
        "ichiro",
        R"(jbot\b)",
        "larbin",
        "lycos",
        "masidani_bot",
        "masscan",
        "mogimogi",
        "mozDex",
        "msnbot",
        "msrbot",
        "netresearch",
        "scooter",
        "searchsight",
        "seekbot",
        "semanticdiscovery",
        "snappy",
        "^voyager",
        "^vortex",
        R"(www\.almaden\.ibm\.com)",
        "yacy",
    };
    return names;
}

std::string oneOf(const Names& names)
{
    std::string expression = "(?:";
    for (const std::string_view name : names)
        expression.append(expression.size() == 3 ? "" : "|").append(name);
    return expression + ")";
}

Pattern compileAll()
{
    const std::string expression = oneOf(anywhere()) + "|/" + oneOf(behindSlash()) + R"([ -]\d|\b)" +
                                   oneOf(withVersion()) + R"(/\d|\b)" + oneOf(libraries()) + "|" + oneOf(crawlers());
    return std::move(*Pattern::compile(expression, Pattern::Anchor::None));
}

} // namespace

bool isKnownBot(std::string_view agent)
{
    static const Pattern pattern = compileAll();
    return pattern.matches(agent);
}

} // namespace claimsmith::gateway::botdetection
