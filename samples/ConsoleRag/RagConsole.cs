using System.Diagnostics;
using System.Globalization;
using ConsoleRag.Chat;
using LocalRetrieval;
using LocalRetrieval.Rag;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;
using Spectre.Console;

namespace ConsoleRag;

/// <summary>Indexes documents, then answers questions over them.</summary>
internal static class RagConsole
{
    private const string ExampleQuestion = "Why can a retry make an outage worse, and what keeps it from doing so?";

    public static async Task<int> RunAsync(ConsoleOptions options, CancellationToken cancellationToken)
    {
        try
        {
            // The whole set-up: models, vector store, indexer and retriever, offline.
            await using ServiceProvider services = new ServiceCollection().AddLocalRetrieval().BuildServiceProvider();
            using IChatClient chat = ChatClientFactory.Create(Environment.GetEnvironmentVariable);
            if (!await IndexAsync(services, options.Docs ?? Path.Combine(AppContext.BaseDirectory, "corpus"), cancellationToken))
            {
                return 1;
            }

            ShownRetriever retriever = new(services.GetRequiredService<IPassageRetriever>(), result => HitsTable.Write(AnsiConsole.Console, result));
            RetrievalOptions retrieval = new() { Top = options.Top, Candidates = options.Candidates, Rerank = options.Rerank };
            RetrievalChatClient client = chat.WithRetrieval(retriever, new RetrievalChatOptions
            {
                Retrieval = retrieval,
                TokenCounter = services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>().GetRequiredService<ITokenCounter>(),
            });
            await AnswerAllAsync(client, options.Question, cancellationToken);
            return 0;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return 130;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or InvalidOperationException or ArgumentException
            or NotSupportedException or HttpRequestException or UnauthorizedAccessException)
        {
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[red]{exception.Message}[/]");
            return 1;
        }
    }

    private static async Task<bool> IndexAsync(ServiceProvider services, string folder, CancellationToken cancellationToken)
    {
        PassageIndexer indexer = services.GetRequiredService<PassageIndexer>();
        VectorStoreCollection<string, Passage> collection = await indexer.GetCollectionAsync(
            services.GetRequiredService<VectorStore>(), LocalRetrievalServiceCollectionExtensions.DefaultCollectionName, cancellationToken);
        IReadOnlyList<SourceDocument> documents = SourceDocument.FromFolder(folder);
        if (documents.Count == 0)
        {
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[red]{folder} has no Markdown or text files.[/]");
            return false;
        }

        Stopwatch watch = Stopwatch.StartNew();
        IndexingResult result = await AnsiConsole.Progress().HideCompleted(false).StartAsync(progress =>
        {
            ProgressTask task = progress.AddTask("Indexing", maxValue: documents.Count);
            return indexer.IndexAsync(collection, documents, new ProgressReport(report => task.Value = report.Documents), cancellationToken);
        });
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"Indexed {result.Documents} of {documents.Count} documents: {result.Embedded} passages in {watch.Elapsed.TotalSeconds:F1} s");
        foreach (IndexingFailure failure in result.Failures)
        {
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[red]{failure.Source}: {failure.Error.Message}[/]");
        }

        return result.Failures.Count < documents.Count;
    }

    private static async Task AnswerAllAsync(RetrievalChatClient client, string? question, CancellationToken cancellationToken)
    {
        bool asks = question is null && AnsiConsole.Profile.Capabilities.Interactive && !Console.IsInputRedirected;
        await AnswerAsync(client, question ?? ExampleQuestion, cancellationToken);
        while (asks)
        {
            string next = await new TextPrompt<string>("[bold]Question[/] [grey](empty to leave)[/]:").AllowEmpty().ShowAsync(AnsiConsole.Console, cancellationToken);
            if (string.IsNullOrWhiteSpace(next))
            {
                return;
            }

            await AnswerAsync(client, next, cancellationToken);
        }
    }

    private static async Task AnswerAsync(RetrievalChatClient client, string question, CancellationToken cancellationToken)
    {
        AnsiConsole.WriteLine();
        AnsiConsole.Write(new Rule($"[bold]{Markup.Escape(question)}[/]").LeftJustified());
        List<ChatResponseUpdate> updates = [];
        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, question)], cancellationToken: cancellationToken))
        {
            updates.Add(update);
            AnsiConsole.Write(new Text(update.Text));
        }

        AnsiConsole.WriteLine();
        AnsiConsole.WriteLine();
        SourceList.Write(AnsiConsole.Console, updates.ToChatResponse());
    }
}
