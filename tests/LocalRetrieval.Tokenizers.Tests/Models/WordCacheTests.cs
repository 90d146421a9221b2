using LocalRetrieval.Tokenizers.Models;

namespace LocalRetrieval.Tokenizers.Tests.Models;

public sealed class WordCacheTests
{
    [Fact]
    public void TryAdd_KeptWords_GivesWhatWasKept()
    {
        WordCache cache = new();
        string[] words = [.. Enumerable.Range(0, 100_000).Select(i => new string('x', i % 50) + i)];
        foreach (string word in words)
        {
            Keep(cache, word, tracksRanges: word.Length % 2 == 0);
        }

        int found = 0;
        foreach (string word in words)
        {
            TokenBuffer tokens = new();
            tokens.Reset(tracksRanges: false);
            if (cache.TryAdd(word, tokens, out _))
            {
                found++;
                Assert.Equal([word.Length, word[^1]], tokens.Ids);
            }
        }

        Assert.InRange(found, 10_000, 1 << 15);
    }

    [Fact]
    public void TryAdd_RangesWanted_OnlyWhereTheyWereKept()
    {
        WordCache cache = new();
        Keep(cache, "word", tracksRanges: false);
        TokenBuffer tokens = new();
        tokens.Reset(tracksRanges: true);

        Assert.False(cache.TryAdd("word", tokens, out _));
        Keep(cache, "word", tracksRanges: true);
        Assert.True(cache.TryAdd("word", tokens, out _));
        Assert.Equal([new(0, 1), new(1, 4)], tokens.Ranges);
    }

    [Fact]
    public void TryAdd_LongWord_IsNotKept()
    {
        WordCache cache = new();
        string word = new('x', 10_000);
        Keep(cache, word, tracksRanges: false);

        Assert.False(cache.TryAdd(word, new TokenBuffer(), out int slot));
        Assert.Equal(-1, slot);
    }

    [Fact]
    public void TryAdd_ManyThreads_GivesWhatWasKept()
    {
        WordCache cache = new();
        Parallel.For(0, 400_000, i =>
        {
            string word = $"word {i % 60_000}";
            TokenBuffer tokens = new();
            tokens.Reset(tracksRanges: i % 3 == 0);
            if (cache.TryAdd(word, tokens, out _))
            {
                Assert.Equal([word.Length, word[^1]], tokens.Ids);
            }
            else
            {
                Keep(cache, word, tokens.TracksRanges);
            }
        });
    }

    /// <summary>Keeps two tokens: one with the length of the word as its id, one with its last unit.</summary>
    private static void Keep(WordCache cache, string word, bool tracksRanges)
    {
        TokenBuffer tokens = new();
        tokens.Reset(tracksRanges);
        cache.TryAdd(word, tokens, out int slot);
        tokens.Reset(tracksRanges);
        tokens.Add(-1, 0, 0);
        tokens.Add(word.Length, 0, 1);
        tokens.Add(word[^1], 1, word.Length);
        cache.Keep(word, slot, tokens, first: 1);
    }
}
