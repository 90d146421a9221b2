using System.Runtime.InteropServices;

namespace LocalRetrieval.Tokenizers.Models;

/// <summary>
/// Remembers what words were cut into. A few thousand words make up most of any text, and looking one up costs a fraction of cutting
/// it anew.
/// </summary>
/// <remarks>
/// Thread-safe: an entry is never changed once it is in its place, and two threads that write one place at a time write entries that
/// are both right. A word stays for good and what finds no place is not kept, so that the cache stops allocating.
/// </remarks>
internal sealed class WordCache
{
    private const int SlotBits = 15;

    /// <summary>How many places a word can have.</summary>
    private const int Ways = 4;

    /// <summary>The longest word that is kept, in UTF-16 units.</summary>
    private const int MaxLength = 48;

    private const ulong Factor = 0x9E3779B97F4A7C15;

    private readonly Entry?[] _entries = new Entry?[(1 << SlotBits) + Ways];

    /// <summary>Adds the tokens of a word that is known.</summary>
    /// <param name="word">The word.</param>
    /// <param name="tokens">Where the tokens go.</param>
    /// <param name="slot">The word's first place, for <see cref="Keep"/>; -1 where the word cannot be kept.</param>
    public bool TryAdd(ReadOnlySpan<char> word, TokenBuffer tokens, out int slot)
    {
        if (word.Length > MaxLength)
        {
            slot = -1;
            return false;
        }

        slot = Slot(word);
        foreach (Entry? entry in _entries.AsSpan(slot, Ways))
        {
            if (entry is null)
            {
                return false;
            }

            if (word.SequenceEqual(entry.Word))
            {
                bool isEnough = entry.Ranges is not null || !tokens.TracksRanges;
                if (isEnough)
                {
                    tokens.Add(entry.Ids, entry.Ranges);
                }

                return isEnough;
            }
        }

        slot = -1;
        return false;
    }

    /// <summary>Keeps what a word was cut into: the tokens from <paramref name="first"/> on.</summary>
    public void Keep(ReadOnlySpan<char> word, int slot, TokenBuffer tokens, int first)
    {
        if (slot < 0)
        {
            return;
        }

        foreach (ref Entry? place in _entries.AsSpan(slot, Ways))
        {
            // A word that was kept without ranges is kept again with them.
            if (place is null || word.SequenceEqual(place.Word))
            {
                Volatile.Write(ref place, Remember(word, tokens, first));
                return;
            }
        }
    }

    private static Entry Remember(ReadOnlySpan<char> word, TokenBuffer tokens, int first) => new(
        word.ToString(), tokens.Ids[first..].ToArray(), tokens.TracksRanges ? tokens.Ranges[first..].ToArray() : null);

    private static int Slot(ReadOnlySpan<char> word)
    {
        ulong hash = (ulong)word.Length;
        while (word.Length >= 4)
        {
            hash = Mix(hash ^ MemoryMarshal.Read<ulong>(MemoryMarshal.AsBytes(word)));
            word = word[4..];
        }

        foreach (char unit in word)
        {
            hash = (hash << 16) ^ (hash >> 48) ^ unit;
        }

        return (int)(Mix(hash) >> (64 - SlotBits));
    }

    private static ulong Mix(ulong hash)
    {
        hash *= Factor;
        return hash ^ (hash >> 32);
    }

    /// <param name="Word">The word.</param>
    /// <param name="Ids">Its tokens.</param>
    /// <param name="Ranges">The parts of the word that they are of; null where nobody has asked for them yet.</param>
    private sealed record Entry(string Word, int[] Ids, TokenOffset[]? Ranges);
}
