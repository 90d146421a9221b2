using System.Text.Json;
using LocalRetrieval;
using LocalRetrieval.Rag;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;
using Xunit.Abstractions;

namespace ConsoleRag.Tests;

/// <summary>The sample's questions over its own corpus: how well each order of the passages does. See samples/ConsoleRag/CORPUS.md.</summary>
public sealed class QuestionsTests(ITestOutputHelper output, Announcer announcer) : IClassFixture<Announcer>
{
    private const int Candidates = 50;
    private const int Depth = 10;

    // Recorded when the questions were first run; a change of chunking, models or order moves them.
    private const double BiEncoder = 0.7101;
    private const double Reranker = 0.7161;
    private const double Default = 0.8085;

    // By how much the scores of two passages may come closer on another kind of processor, where int8 graphs give slightly other floats: of cosines, of logits, and of sums of standard scores, in which both stand by their deviations (of about .08 and 3). Passages
    // that are closer than that may change places, and each such change moves a mean over fifty questions by up to .01.
    private const double CosineNoise = 0.004;
    private const double LogitNoise = 0.12;
    private const double SumNoise = 0.06;

    // What the noise moves into the candidates or out of them is not seen in their scores: as much as one answer that changes from the first place to the second.
    private const double Tolerance = 0.01;

    /// <summary>Were more left open than this, the figures would hold nothing.</summary>
    private const double MostOpen = 0.08;

    [Fact]
    public async Task RetrieveAsync_SampleQuestions_KeepTheRecordedReciprocalRanks()
    {
        await using ServiceProvider services = new ServiceCollection().AddLocalRetrieval().BuildServiceProvider();
        IReadOnlyList<SourceDocument> documents = SourceDocument.FromFolder(Path.Combine(AppContext.BaseDirectory, "corpus"));
        int passages = await IndexAsync(services, documents);
        Dictionary<string, string> texts = [];
        foreach (SourceDocument document in documents)
        {
            texts.Add(document.Source, await document.ReadTextAsync());
        }

        Question[] questions = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "questions.jsonl")).Select(line => JsonSerializer.Deserialize<Question>(line, JsonSerializerOptions.Web)!)];
        List<RankBounds> biEncoder = [];
        List<RankBounds> reranker = [];
        List<RankBounds> standard = [];
        IPassageRetriever retriever = services.GetRequiredService<IPassageRetriever>();
        foreach (Question question in questions)
        {
            RetrievalResult result = await retriever.RetrieveAsync(question.Text, new RetrievalOptions { Candidates = Candidates });
            RankBounds Rank(double noise, Func<RetrievedPassage, double> score) => Find(result.Candidates, score, noise, passage => Answers(passage, question, texts));
            biEncoder.Add(Rank(CosineNoise, passage => passage.Stage(RetrievalStage.Vector)!.Value.Score));
            reranker.Add(Rank(LogitNoise, passage => passage.Stage(RetrievalStage.Reranker)?.Score ?? double.NegativeInfinity));
            standard.Add(Rank(SumNoise, passage => passage.Score));
            output.WriteLine($"{question.Id}: {biEncoder[^1].Found:F2} {reranker[^1].Found:F2} {standard[^1].Found:F2}");
        }

        announcer.Announce($"{questions.Length} questions, {passages} passages. MRR@{Depth}: bi-encoder {Describe(biEncoder)}, reranker alone {Describe(reranker)}, default order {Describe(standard)}");

        Assert.True(questions.Length >= 40 && passages >= 80);
        AssertRecorded(BiEncoder, biEncoder);
        AssertRecorded(Reranker, reranker);
        AssertRecorded(Default, standard);
    }

    private static async Task<int> IndexAsync(ServiceProvider services, IReadOnlyList<SourceDocument> documents)
    {
        PassageIndexer indexer = services.GetRequiredService<PassageIndexer>();
        VectorStoreCollection<string, Passage> collection = await indexer.GetCollectionAsync(
            services.GetRequiredService<VectorStore>(), LocalRetrievalServiceCollectionExtensions.DefaultCollectionName);
        IndexingResult result = await indexer.IndexAsync(collection, documents);
        result.ThrowIfFailed();
        return result.Embedded;
    }

    /// <summary>The recorded figure is one that this machine's scores allow, and they do not allow much else.</summary>
    private static void AssertRecorded(double recorded, List<RankBounds> ranks)
    {
        double least = ranks.Average(rank => rank.Least);
        double most = ranks.Average(rank => rank.Most);
        Assert.InRange(recorded, least - Tolerance, most + Tolerance);
        Assert.InRange(most - least, 0, MostOpen);
    }

    private static string Describe(List<RankBounds> ranks) => $"{ranks.Average(rank => rank.Found):F4} ({ranks.Average(rank => rank.Least):F4} to {ranks.Average(rank => rank.Most):F4})";

    /// <summary>The reciprocal rank of the first answer, and what it is where all passages that are closer to it than the noise come before it, or after.</summary>
    private static RankBounds Find(IReadOnlyList<RetrievedPassage> candidates, Func<RetrievedPassage, double> score, double noise, Func<RetrievedPassage, bool> answers)
    {
        double best = candidates.Where(answers).Select(score).DefaultIfEmpty(double.NegativeInfinity).Max();
        return new RankBounds(Least: Reciprocal(best - noise), Found: Reciprocal(best), Most: Reciprocal(best + noise));

        double Reciprocal(double bound)
        {
            int before = candidates.Count(passage => score(passage) > bound && !answers(passage));
            return double.IsNegativeInfinity(best) || before >= Depth ? 0 : 1.0 / (before + 1);
        }
    }

    private static bool Answers(RetrievedPassage passage, Question question, Dictionary<string, string> texts) => question.Answers.Any(answer =>
        answer.Source == passage.Source && CoversHalf(passage, texts[answer.Source].IndexOf(answer.Quote, StringComparison.Ordinal), answer.Quote.Length));

    private static bool CoversHalf(RetrievedPassage passage, int start, int length)
    {
        Assert.True(start >= 0, "A question's quote does not stand in its source.");
        int covered = Math.Min(passage.Offset!.Value + passage.Length!.Value, start + length) - Math.Max(passage.Offset.Value, start);
        return covered * 2 > length;
    }

    private readonly record struct RankBounds(double Least, double Found, double Most);

    private sealed record Question(string Id, [property: System.Text.Json.Serialization.JsonPropertyName("question")] string Text, Answer[] Answers);

    private sealed record Answer(string Source, string Quote);
}
