using LocalRetrieval;
using WebRag.Searching;

namespace WebRag.Tests.Searching;

/// <summary>Which queries are a word or two, and when a passage has all of them.</summary>
public class WordQueryMatchTests
{
    [Theory]
    [InlineData("coal", true, "Coal")]
    [InlineData("hard biscuit", true, "biscuit", "hard")]
    [InlineData("hard biscuit", false, "biscuit")]
    [InlineData("coal", false)]
    [InlineData("where is coal", false, "where", "is", "coal")]
    public void AllWordsAreThere(string query, bool expected, params string[] matched) => Assert.Equal(expected, WordQuery.HasMatch(Found(query, PassageOutcome.Returned, matched)));

    [Fact]
    public void WhatWasLeftOutDoesNotCount() => Assert.False(WordQuery.HasMatch(Found("coal", PassageOutcome.Omitted, ["coal"])));

    private static RetrievalResult Found(string query, PassageOutcome outcome, string[] words) => new(query, [])
    {
        Explanations =
        [
            new PassageExplanation
            {
                Key = "1",
                Outcome = outcome,
                Matches = [.. words.Select(word => new KeywordMatch { Word = word, Term = word, Score = 1, Weight = 1, Frequency = 1, Properties = [] })],
            },
        ],
    };
}
