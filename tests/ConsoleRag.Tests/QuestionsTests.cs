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
    private const double Tolerance = 0.01;

    // Recorded when the questions were first run; a change of chunking, models or order moves them.
    private const double BiEncoder = 0.7101;
    private const double Reranker = 0.7161;
    private const double Default = 0.8085;

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
        List<(double BiEncoder, double Reranker, double Default)> ranks = [];
        IPassageRetriever retriever = services.GetRequiredService<IPassageRetriever>();
        foreach (Question question in questions)
        {
            RetrievalResult result = await retriever.RetrieveAsync(question.Text, new RetrievalOptions { Candidates = Candidates });
            double Reciprocal(Func<RetrievedPassage, double> score) => ReciprocalRank(result.Candidates.OrderByDescending(score), question, texts);
            ranks.Add((
                Reciprocal(passage => passage.Stage(RetrievalStage.Vector)!.Value.Score),
                Reciprocal(passage => passage.Stage(RetrievalStage.Reranker)?.Score ?? double.NegativeInfinity),
                Reciprocal(passage => -passage.Rank)));
            output.WriteLine($"{question.Id}: {ranks[^1].BiEncoder:F2} {ranks[^1].Reranker:F2} {ranks[^1].Default:F2}");
        }

        double biEncoder = ranks.Average(rank => rank.BiEncoder);
        double reranker = ranks.Average(rank => rank.Reranker);
        double standard = ranks.Average(rank => rank.Default);
        announcer.Announce($"{questions.Length} questions, {passages} passages. MRR@{Depth}: bi-encoder {biEncoder:F4}, reranker alone {reranker:F4}, default order {standard:F4}");

        Assert.True(questions.Length >= 40 && passages >= 80);
        Assert.Equal(BiEncoder, biEncoder, Tolerance);
        Assert.Equal(Reranker, reranker, Tolerance);
        Assert.Equal(Default, standard, Tolerance);
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

    private static double ReciprocalRank(IEnumerable<RetrievedPassage> ranking, Question question, Dictionary<string, string> texts)
    {
        int place = 0;
        foreach (RetrievedPassage passage in ranking.Take(Depth))
        {
            place++;
            if (question.Answers.Any(answer => answer.Source == passage.Source && CoversHalf(passage, texts[answer.Source].IndexOf(answer.Quote, StringComparison.Ordinal), answer.Quote.Length)))
            {
                return 1.0 / place;
            }
        }

        return 0;
    }

    private static bool CoversHalf(RetrievedPassage passage, int start, int length)
    {
        Assert.True(start >= 0, "A question's quote does not stand in its source.");
        int covered = Math.Min(passage.Offset!.Value + passage.Length!.Value, start + length) - Math.Max(passage.Offset.Value, start);
        return covered * 2 > length;
    }

    private sealed record Question(string Id, [property: System.Text.Json.Serialization.JsonPropertyName("question")] string Text, Answer[] Answers);

    private sealed record Answer(string Source, string Quote);
}
