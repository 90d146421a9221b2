using System.Buffers;
using System.Text;
using LocalRetrieval.Tokenizers.Json;

namespace LocalRetrieval.Tokenizers.Models;

/// <summary>"Unigram": the pieces whose scores have the largest sum; unknown characters in a row are one token.</summary>
internal sealed class Unigram : Model
{
    private const double UnknownPenalty = 10;
    private const int StackLimit = 128;

    private readonly PieceTrie _pieces;
    private readonly WordCache _cache = new();
    private readonly double[] _scores;
    private readonly double _unknownScore;
    private readonly UnknownToken _unknown;

    /// <summary>The token of each byte, -1 where there is none; null where bytes are not fallen back to.</summary>
    private readonly int[]? _byteIds;

    private Unigram(Vocabulary vocabulary, double[] scores, UnknownToken unknown, bool byteFallback)
    {
        Vocabulary = vocabulary;
        _pieces = new PieceTrie(vocabulary.Entries);
        _scores = scores;
        _unknownScore = scores.DefaultIfEmpty().Min() - UnknownPenalty;
        _unknown = unknown;
        _byteIds = byteFallback ? [.. Enumerable.Range(0, 256).Select(value => vocabulary.Id($"<0x{value:X2}>") ?? -1)] : null;
    }

    public override Vocabulary Vocabulary { get; }

    public override UnknownToken? Unknown => _unknown;

    /// <summary>Reads the component's section.</summary>
    /// <exception cref="InvalidDataException">A field is missing or wrong.</exception>
    public static Unigram Read(JsonField section)
    {
        (string[] tokens, double[] scores) = UnigramPieceReader.Read(section["vocab"]);
        int? unknownId = section.Optional("unk_id")?.Id();
        return unknownId is null || unknownId < tokens.Length
            ? new Unigram(
                Vocabulary.FromTokens(tokens),
                scores,
                new UnknownToken(null, unknownId),
                section.Has("byte_fallback") && section["byte_fallback"].Boolean())
            : throw section["unk_id"].Invalid($"{unknownId}", "null or the id of a token of the vocabulary");
    }

    public override string Text(int id, ReadOnlySpan<char> covered) => _unknown.Is(id) ? covered.ToString() : base.Text(id, covered);

    public override void Tokenize(ReadOnlySpan<char> word, TokenBuffer tokens)
    {
        if (_cache.TryAdd(word, tokens, out int slot))
        {
            return;
        }

        int first = tokens.Count;
        TokenizeAnew(word, tokens);
        _cache.Keep(word, slot, tokens, first);
    }

    private void TokenizeAnew(ReadOnlySpan<char> word, TokenBuffer tokens)
    {
        if (word.Length <= StackLimit)
        {
            Span<Node> nodes = stackalloc Node[StackLimit + 1];
            Tokenize(word, nodes[..(word.Length + 1)], tokens);
            return;
        }

        Node[] rented = ArrayPool<Node>.Shared.Rent(word.Length + 1);
        try
        {
            Tokenize(word, rented.AsSpan(0, word.Length + 1), tokens);
        }
        finally
        {
            ArrayPool<Node>.Shared.Return(rented);
        }
    }

    private void Tokenize(ReadOnlySpan<char> word, Span<Node> nodes, TokenBuffer tokens)
    {
        FindBestPath(word, nodes);
        LinkForward(nodes);
        for (int start = 0; start < word.Length;)
        {
            int end = nodes[start].Next;
            if (!_unknown.Is(nodes[end].Id))
            {
                tokens.Add(nodes[end].Id, start, end);
                start = end;
                continue;
            }

            while (end < word.Length && _unknown.Is(nodes[nodes[end].Next].Id))
            {
                end = nodes[end].Next;
            }

            AddUnknown(word, start, end, tokens);
            start = end;
        }
    }

    /// <summary>For each end, the best of the pieces that end there; the first found of equals.</summary>
    private void FindBestPath(ReadOnlySpan<char> word, Span<Node> nodes)
    {
        nodes.Fill(new Node { Start = -1 });
        nodes[0].Score = 0;
        double[] scores = _scores;
        for (int start = 0; start < word.Length;)
        {
            double before = nodes[start].Score;
            int character = char.IsHighSurrogate(word[start]) && start + 1 < word.Length ? 2 : 1;
            bool hasSingle = false;
            int node = 0;
            for (int end = start; end < word.Length && _pieces.TryStep(ref node, word[end], out int id); end++)
            {
                if (id >= 0)
                {
                    Offer(ref nodes[end + 1], start, id, scores[id] + before);
                    hasSingle |= end + 1 - start == character;
                }
            }

            if (!hasSingle && Offer(ref nodes[start + character], start, id: -1, _unknownScore + before))
            {
                nodes[start + character].Id = _unknown.Id;
            }

            start += character;
        }
    }

    /// <returns>Whether the piece is now the best.</returns>
    private static bool Offer(ref Node node, int start, int id, double score)
    {
        if (node.Start >= 0 && score <= node.Score)
        {
            return false;
        }

        node.Start = start;
        node.Id = id;
        node.Score = score;
        return true;
    }

    private static void LinkForward(Span<Node> nodes)
    {
        for (int end = nodes.Length - 1; end > 0; end = nodes[end].Start)
        {
            nodes[nodes[end].Start].Next = end;
        }
    }

    /// <summary>Adds characters that no piece covers: together they may be a token after all, or bytes.</summary>
    private void AddUnknown(ReadOnlySpan<char> word, int start, int end, TokenBuffer tokens)
    {
        int? id = Vocabulary.Id(word[start..end]);
        if (id is null && _byteIds is not null && TryAddBytes(word, start, end, tokens))
        {
            return;
        }

        tokens.Add(id ?? _unknown.Id, start, end);
    }

    private bool TryAddBytes(ReadOnlySpan<char> word, int start, int end, TokenBuffer tokens)
    {
        int before = tokens.Count;
        Span<byte> utf8 = stackalloc byte[4];
        foreach (Rune rune in word[start..end].EnumerateRunes())
        {
            foreach (byte value in utf8[..rune.EncodeToUtf8(utf8)])
            {
                if (_byteIds![value] < 0)
                {
                    tokens.Truncate(before);
                    return false;
                }

                tokens.Add(_byteIds[value], start, end);
            }
        }

        return true;
    }

    /// <summary>The best path to a place in a word.</summary>
    private struct Node
    {
        public double Score;
        public int Start;
        public int Id;
        public int Next;
    }
}
