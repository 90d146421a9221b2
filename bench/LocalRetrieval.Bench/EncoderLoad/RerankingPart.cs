using LocalRetrieval.Bench.Data;
using LocalRetrieval.Bench.Statistics;
using LocalRetrieval.Bench.Throughput;
using LocalRetrieval.Onnx;
using LocalRetrieval.Tokenizers;

namespace LocalRetrieval.Bench.EncoderLoad;

/// <summary>Pairs reranked request by request, beside a bare session that knows each request's pairs beforehand.</summary>
internal static class RerankingPart
{
    private const int MaxTokens = 256;

    public static async Task<EncoderPartResult> MeasureAsync(string name, EncoderWork work)
    {
        // No larger cross-encoder in float32 is at hand; over one so small, what is not the graph's weighs more than it ever does.
        bool isTiny = name != "int8";
        string folder = isTiny ? BenchData.Shared("models-tiny", "reranker-bert-sigmoid") : LocalModels.CrossEncoder.Locate();
        using OnnxTextReranker reranker = OnnxTextReranker.Load(folder, isTiny ? null : new OnnxTextRerankerOptions { MaxTokens = MaxTokens });
        using TwinSessions sessions = new(folder);
        TwinSearch search = new(sessions, TwinOutputs.AsItIs, work.SetupStride);
        (string Query, string[] Documents)[] requests = work.RerankingRequests();
        int maxTokens = isTiny ? ((EncoderInfo)reranker.GetService(typeof(EncoderInfo))!).MaxTokens!.Value : MaxTokens;
        (int[] Ids, int[] TypeIds)[][] rows = Rows(Tokenizer.Load(folder), requests, maxTokens);
        TwinPair twins = TwinPair.Find(search, rows[..1], rows);
        await CheckAsync(reranker, requests[0], twins.Waiting[0]);
        IReadOnlyList<double[]> seconds = await Interleaved.RunAsync(
            work.Rounds,
            () => Interleaved.SecondsAsync(() => RerankAsync(reranker, requests)),
            () => Interleaved.SecondsAsync(() => TwinSearch.Run(twins.Waiting)),
            () => Interleaved.SecondsAsync(() => TwinSearch.Run(twins.Spinning)));
        string what = $"{work.RerankedPairs} pairs reranked{(isTiny ? " (a tiny model of random weights: no goal)" : "")}";
        return new EncoderPartResult(
            [Measurement.Speed(name, what, requests.Sum(request => request.Documents.Length), "pairs", isTiny ? null : Goal.AtLeast(.97), seconds)],
            twins.Describe($"{name}, {what}"));
    }

    private static (int[] Ids, int[] TypeIds)[][] Rows(Tokenizer tokenizer, (string Query, string[] Documents)[] requests, int maxTokens) =>
        Array.ConvertAll(requests, request => Array.ConvertAll(request.Documents, document => BareSession.Encode(tokenizer, request.Query, document, maxTokens)));

    private static async Task RerankAsync(OnnxTextReranker reranker, (string Query, string[] Documents)[] requests)
    {
        foreach ((string query, string[] documents) in requests)
        {
            await reranker.RerankAsync(query, documents);
        }
    }

    // Activations differ, orders do not.
    private static async Task CheckAsync(OnnxTextReranker reranker, (string Query, string[] Documents) request, Twin twin)
    {
        RerankingResult ours = await reranker.RerankAsync(request.Query, request.Documents);
        float[][] logits = twin.Run();
        for (int i = 1; i < ours.Count; i++)
        {
            if (logits[ours[i].Index][0] > logits[ours[i - 1].Index][0] + 1e-3f)
            {
                throw new InvalidOperationException($"The bare session ranks document {ours[i].Index} above {ours[i - 1].Index}, the reranker below.");
            }
        }
    }
}
