using WebRag.Searching;

namespace WebRag.Tests.Searching;

/// <summary>Why a passage was left out, in words for whoever reads it; those that a search itself gives are in <see cref="Http.TraceTests"/>.</summary>
public class OmissionWordsTests
{
    [Theory]
    [InlineData("its place is 9, beyond Top, 8", "not among the first 8")]
    [InlineData("its place is 31, beyond Top, 8, and 'reranker' did not read it", "not among the first 8")]
    [InlineData("its relevance 0.0021 is below MinimumRelevance, 0.008", "below the relevance that is needed")]
    [InlineData("says the same as '3f-0' of 'sub/a\u202Egnp.md'", "says the same as a passage of sub/agnp.md")]
    [InlineData("says the same as '3f-0' of 'upload:3f/it's.md'", "says the same as a passage of it's.md")]
    [InlineData("'a.md' is returned 3 times already, which is MaxPerSource", "enough passages of its document are there already")]
    [InlineData("what is left of TokenBudget, 2000, has no room for it", "no room was left for it")]
    [InlineData("is returned within '3f-0'", "stands within another passage that was returned")]
    [InlineData("its vector score 0.1 is below MinimumVectorScore, 0.3", "below the score that is needed")]
    [InlineData("dropped by Diversity", "dropped by Diversity")]
    public void Of_WhatTheRetrieverSays_IsForReaders(string omission, string words) => Assert.Equal(words, OmissionWords.Of(omission));
}
