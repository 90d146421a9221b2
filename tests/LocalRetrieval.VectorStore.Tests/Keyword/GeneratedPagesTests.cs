using LocalRetrieval.VectorData.Keyword;
using LocalRetrieval.VectorData.Search;
using Xunit.Abstractions;

namespace LocalRetrieval.VectorData.Tests.Keyword;

public sealed class GeneratedPagesTests(ITestOutputHelper output)
{
    private const int Questions = 500;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Search_CodesVersionsAndIdentifiers_FindsTheRightPageFirst(int seed)
    {
        (List<string> pages, List<(string Question, int Right)> questions) = GeneratedPages.Create(Questions, seed);
        KeywordIndex index = new KeywordIndex(new KeywordIndexOptions { Analysis = KeywordAnalysis.Identifiers, RemoveStopWords = true, Stem = true })
            .Update([], pages.Select((page, row) => KeyValuePair.Create(row, page)));
        int first = 0;
        foreach ((string question, int right) in questions)
        {
            RowScore[] found = index.Search(question, new() { Top = 5 });
            bool isFirst = found.Length > 0 && found[0].Row == right;
            first += isFirst ? 1 : 0;
            if (!isFirst)
            {
                output.WriteLine($"{question}: {string.Join(", ", found.Select(row => row.Row))} instead of {right}");
            }
        }

        output.WriteLine($"{first} of {questions.Count}");
        Assert.Equal("en", index.Language);
        Assert.InRange(first, 0.98 * Questions, Questions);
    }

    [Theory]
    [InlineData("v1.22", "v1.22|1.22.0|v1.22.7", "v1.2|v2.1|1.220")]
    [InlineData("1.22.0", "v1.22.0|v1.22", "v2.1")]
    [InlineData("v2", "v2|v2.1", "v3|12")]
    [InlineData("Python 3", "Python 3|Python 3.12", "Perl 5")]
    [InlineData("getUserName", "getUserName|get_user_name|the name of a user", "abuse")]
    [InlineData("region-15", "region-15|region15|region 15|region-1", "zone-14")]
    [InlineData("C++", "C++|C++17", "C|C#")]
    [InlineData("C", "C", "C++|C#")]
    [InlineData("F#", "F#", "F|fa")]
    [InlineData("AB1234", "AB1234|AB-1234|AB 1234", "AB-1235x")]
    [InlineData("sha256", "sha256|SHA-256|sha_256", "SHA512")]
    [InlineData("email", "email|e-mail", "mailbox")]
    public void Search_WhatPeopleType_IsFoundAndTheSameFirst(string query, string expected, string others)
    {
        string[] found = Find(query, $"{expected}|{others}");

        Assert.Equal(expected.Split('|')[0], found[0]);
        Assert.Equal(expected.Split('|').Order(StringComparer.Ordinal), found.Take(expected.Split('|').Length).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("1000000", "1,000,000|1000000", "1,000|1,000,001|000")]
    [InlineData("1,000,000", "1,000,000|1000000", "1,000|1,000,001")]
    [InlineData("user", "user’s|user's|users|USER", "use")]
    [InlineData("user's", "user’s|user's|users|USER", "use")]
    [InlineData("istanbul", "İstanbul|İSTANBUL|I\u0307stanbul|Istanbul", "Ankara")]
    [InlineData("İSTANBUL", "istanbul|i\u0307stanbul", "Ankara")]
    [InlineData("user name", "user name|getUserName|user_name", "username")]
    [InlineData("http server", "http server|HTTPServer", "https")]
    public void Search_FormsOfOneWord_AreTheSame(string query, string expected, string others) =>
        Assert.Equal(expected.Split('|').Order(StringComparer.Ordinal), Find(query, $"{expected}|{others}").Order(StringComparer.Ordinal));

    /// <summary>Searches an index of texts. Of equal scores, the text that stands last comes first.</summary>
    private static string[] Find(string query, string texts)
    {
        string[] all = texts.Split('|');
        KeywordIndex index = new KeywordIndex(new KeywordIndexOptions { Analysis = KeywordAnalysis.Identifiers, RemoveStopWords = true, Stem = true, Language = "en" })
            .Update([], all.Select((text, row) => KeyValuePair.Create(all.Length - row, text)));
        return [.. index.Search(query, new() { Top = 99 }).Select(row => all[^row.Row])];
    }
}
