using System.Runtime.CompilerServices;
using ConsoleRag.Indexing;
using LocalRetrieval;
using LocalRetrieval.Rag;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Samples;
using Samples.Chat;
using Samples.Indexing;
using Spectre.Console;

namespace ConsoleRag;

/// <summary>Indexes documents, then answers questions over them.</summary>
internal sealed class RagConsole(ConsoleOptions options, Screen screen)
{
    private const string ExampleQuestion = "Why can a retry make an outage worse, and what keeps it from doing so?";

    /// <summary>Runs until all is answered; gives the exit code.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            // The whole set-up: models, vector store, indexer and retriever, offline.
            await using ServiceProvider services = new ServiceCollection()
                .AddLocalRetrieval()
                .Configure<LocalVectorStoreOptions>(store => store.Path = options.Index)
                .BuildServiceProvider();

            using IChatClient chat = ChatClientFactory.Create(Environment.GetEnvironmentVariable, screen.Report, TimeProvider.System);
            IReadOnlyList<SourceDocument> documents = await FolderIndexing.RunAsync(
                services, options.Docs ?? Path.Combine(AppContext.BaseDirectory, "corpus"), screen, cancellationToken);
            Explaining explaining = new(options, screen);
            ShownRetriever retriever = new(services.GetRequiredService<IPassageRetriever>(), explaining.Show);
            RetrievalChatClient client = chat.WithRetrieval(retriever, new RetrievalChatOptions
            {
                Retrieval = new RetrievalOptions
                {
                    Top = options.Top,
                    Candidates = options.Candidates,
                    Rerank = options.Rerank,
                    Explain = await explaining.FindKeysAsync(services, cancellationToken),
                },
                UnknownNumbers = UnknownNumbers.Remove,
                TokenCounter = services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>().GetRequiredService<ITokenCounter>(),
            });
            if (options is { Question: null, Docs: not null } && !screen.CanAsk)
            {
                DocumentList.Write(screen, documents);
            }

            bool answered = true;
            await foreach (string question in QuestionsAsync(cancellationToken))
            {
                answered = await AnswerAsync(client, question, cancellationToken);
            }

            return answered ? 0 : 1;
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            return 130;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or InvalidOperationException or ArgumentException
            or NotSupportedException or UnauthorizedAccessException)
        {
            screen.Fail(exception.Message);
            return 1;
        }
    }

    /// <summary>The question that was given, or else those that somebody asks; over the sample's own handbook, an example first.</summary>
    private async IAsyncEnumerable<string> QuestionsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (options.Question is not null || options.Docs is null)
        {
            yield return options.Question ?? ExampleQuestion;
        }

        while (options.Question is null && screen.CanAsk && await screen.AskAsync(cancellationToken) is { Length: > 0 } question)
        {
            yield return question;
        }
    }

    private async Task<bool> AnswerAsync(RetrievalChatClient client, string question, CancellationToken cancellationToken)
    {
        screen.Output.WriteLine();
        screen.Output.Write(new Rule($"[bold]{Markup.Escape(Screen.Printable(question))}[/]").LeftJustified());
        screen.Report(options.Rerank ? "Searching and reranking …" : "Searching …");
        List<ChatResponseUpdate> updates = [];
        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync(question, cancellationToken: cancellationToken))
        {
            updates.Add(update);
            screen.Write(update.Text);
        }

        ChatResponse response = updates.ToChatResponse();
        screen.WriteLine();
        SourceList.Write(screen, response);
        screen.WriteLine();
        ErrorContent[] errors = [.. response.Messages.SelectMany(message => message.Contents).OfType<ErrorContent>()];
        foreach (ErrorContent error in errors)
        {
            screen.Fail(error.Message);
        }

        return errors.Length == 0;
    }
}
