using LocalRetrieval.Bench.EncoderLoad;
using LocalRetrieval.Onnx;

namespace LocalRetrieval.Bench.Soaking;

/// <summary>The embedded encoders under mixed load with calls cancelled at random, for as long as one likes: what they keep of the machine's memory.</summary>
internal sealed class Soak : IDisposable
{
    private const int Documents = 64;
    private const int DocumentCallers = 2;
    private const int QueryCallers = 6;
    private const int RerankingCallers = 2;

    private readonly OnnxEmbeddingGenerator _generator = OnnxEmbeddingGenerator.Load(LocalModels.BiEncoder.Locate());
    private readonly OnnxTextReranker _reranker = OnnxTextReranker.Load(LocalModels.CrossEncoder.Locate());
    private readonly string[] _documents = EncoderWork.DocumentTexts(Documents);
    private readonly string[] _queries = EncoderWork.QueryTexts(Documents);
    private readonly SoakCounts _counts = new();

    /// <summary>Writes a line a minute.</summary>
    /// <param name="duration">How long it lasts.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="InvalidOperationException">A text's vector is another one at the end than at the beginning.</exception>
    public async Task RunAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        float[] before = await EmbedAsync(_queries[0]);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task work = Task.WhenAll(Callers().Select((call, caller) => Task.Run(() => CallAsync(call, new Random(caller), end.Token), CancellationToken.None)));
        Task report = ReportAsync(duration, end.Token);
        await Task.WhenAny(work, report);
        await end.CancelAsync();
        await work;
        await report;
        float[] after = await EmbedAsync(_queries[0]);
        if (!before.AsSpan().SequenceEqual(after))
        {
            throw new InvalidOperationException("After the soak a text has another vector than before.");
        }

        Console.WriteLine(_counts.Line("at rest", MemoryPart.ResidentBytes()));
    }

    public void Dispose()
    {
        _generator.Dispose();
        _reranker.Dispose();
    }

    private IEnumerable<Func<Random, CancellationToken, Task>> Callers() =>
    [
        .. Enumerable.Repeat<Func<Random, CancellationToken, Task>>(EmbedDocumentsAsync, DocumentCallers),
        .. Enumerable.Repeat<Func<Random, CancellationToken, Task>>(EmbedQueryAsync, QueryCallers),
        .. Enumerable.Repeat<Func<Random, CancellationToken, Task>>(RerankAsync, RerankingCallers),
    ];

    private async Task CallAsync(Func<Random, CancellationToken, Task> call, Random random, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            // A third of the calls, before or while they run, or too late.
            using CancellationTokenSource cancel = CancellationTokenSource.CreateLinkedTokenSource(end);
            if (random.Next(3) == 0)
            {
                cancel.CancelAfter(TimeSpan.FromMilliseconds(Math.Pow(random.NextDouble(), 3) * 500));
            }

            try
            {
                await call(random, cancel.Token);
                _counts.Answer();
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                _counts.Cancel();
            }
        }
    }

    private Task EmbedDocumentsAsync(Random random, CancellationToken cancellationToken) =>
        _generator.GenerateAsync(_documents[..random.Next(1, _documents.Length)], BiEncoder.Options(EmbeddingInputTypes.Document), cancellationToken);

    private Task EmbedQueryAsync(Random random, CancellationToken cancellationToken) =>
        _generator.GenerateAsync([_queries[random.Next(_queries.Length)]], BiEncoder.Options(EmbeddingInputTypes.Query), cancellationToken);

    private Task RerankAsync(Random random, CancellationToken cancellationToken) =>
        _reranker.RerankAsync(_queries[random.Next(_queries.Length)], _documents[..random.Next(1, _documents.Length / 2)], cancellationToken: cancellationToken);

    private async Task<float[]> EmbedAsync(string text) => (await _generator.GenerateAsync([text]))[0].Vector.ToArray();

    private async Task ReportAsync(TimeSpan duration, CancellationToken end)
    {
        using PeriodicTimer minutes = new(TimeSpan.FromMinutes(1));
        try
        {
            for (int minute = 1; minute <= duration.TotalMinutes && await minutes.WaitForNextTickAsync(end); minute++)
            {
                Console.WriteLine(_counts.Line($"minute {minute}", Environment.WorkingSet));
            }
        }
        catch (OperationCanceledException)
        {
            // A caller failed, or the soak was ended early: the callers' task says which.
        }
    }
}
