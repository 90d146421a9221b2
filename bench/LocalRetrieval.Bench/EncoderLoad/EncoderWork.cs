using LocalRetrieval.Bench.Data;
using LocalRetrieval.Testing;

namespace LocalRetrieval.Bench.EncoderLoad;

/// <summary>How much is measured.</summary>
internal sealed record EncoderWork
{
    private static readonly Lazy<BeirDataset> SciFact = new(() => BeirDataset.Read(BenchData.Shared("eval", "scifact")));

    private EncoderWork()
    {
    }

    /// <summary>How often each contender runs.</summary>
    public required int Rounds { get; init; }

    /// <summary>Documents in one call.</summary>
    public required int Documents { get; init; }

    /// <summary>Queries that callers ask in a round.</summary>
    public required int Queries { get; init; }

    /// <summary>Queries that callers ask in a round while nothing else is embedded.</summary>
    public required int MixedQueries { get; init; }

    /// <summary>Queries that are asked one after another in a round.</summary>
    public required int SingleQueries { get; init; }

    /// <summary>Requests of <see cref="RerankedPairs"/> that are reranked one after another in a round.</summary>
    public required int RerankedRequests { get; init; }

    /// <summary>Requests over HTTP in a round; a single client sends a quarter as many.</summary>
    public required int HttpRequests { get; init; }

    /// <summary>Short passages that are embedded before memory is looked at the second time, a fifth of them before the first, and twice as many before the last.</summary>
    public required int MemoryPassages { get; init; }

    /// <summary>Processes that embed them, and as many with a bare session.</summary>
    public required int MemoryProcesses { get; init; }

    /// <summary>Fresh processes after the first.</summary>
    public required int Starts { get; init; }

    /// <summary>Each so-manieth setup of a bare session is tried.</summary>
    public int SetupStride { get; init; } = 1;

    /// <summary>The pairs of a request that is reranked.</summary>
    public int RerankedPairs { get; init; } = 30;

    /// <summary>The callers, and the clients over HTTP, that ask at once.</summary>
    public int Callers { get; init; } = 64;

    /// <summary>The callers that ask while documents are embedded.</summary>
    public int MixedCallers { get; init; } = 8;

    public static EncoderWork Full(int rounds) => new()
    {
        Rounds = rounds,
        Documents = 64,
        Queries = 512,
        MixedQueries = 96,
        SingleQueries = 150,
        RerankedRequests = 4,
        HttpRequests = 400,
        MemoryPassages = 100_000,
        MemoryProcesses = 3,
        Starts = 5,
    };

    /// <summary>Enough to see that it works; its figures mean little.</summary>
    public static EncoderWork Quick() => new()
    {
        Rounds = 2,
        Documents = 16,
        Queries = 128,
        MixedQueries = 16,
        SingleQueries = 20,
        RerankedRequests = 1,
        HttpRequests = 128,
        MemoryPassages = 1000,
        MemoryProcesses = 1,
        Starts = 1,
        SetupStride = 7,
    };

    /// <summary>The first documents of SciFact.</summary>
    public static string[] DocumentTexts(int count) => [.. SciFact.Value.Corpus.Values.Take(count)];

    /// <summary>So many queries of SciFact, from the first again when all were asked.</summary>
    public static string[] QueryTexts(int count)
    {
        string[] queries = [.. SciFact.Value.Queries.Values];
        return [.. Enumerable.Range(0, count).Select(i => queries[i % queries.Length])];
    }

    /// <summary>Queries, each with documents that are not chosen for it.</summary>
    public (string Query, string[] Documents)[] RerankingRequests()
    {
        string[] documents = DocumentTexts(RerankedRequests * RerankedPairs);
        return [.. QueryTexts(RerankedRequests).Select((query, i) => (query, documents[(i * RerankedPairs)..((i + 1) * RerankedPairs)]))];
    }

    /// <summary>Sentences of SciFact's documents, from the first again when all were given.</summary>
    public static IEnumerable<string> ShortPassages()
    {
        string[] sentences = [.. SciFact.Value.Corpus.Values.SelectMany(text => text.Split(". ", StringSplitOptions.RemoveEmptyEntries))
            .Select(sentence => string.Join(' ', sentence.Split(' ').Take(12)))];
        while (true)
        {
            foreach (string sentence in sentences)
            {
                yield return sentence;
            }
        }
    }
}
