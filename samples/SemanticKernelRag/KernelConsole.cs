using LocalRetrieval.SemanticKernel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Samples;
using Samples.Indexing;
using SemanticKernelRag.Answering;
using SemanticKernelRag.Calling;
using SemanticKernelRag.Chat;
using SemanticKernelRag.Memory;
using Spectre.Console;

namespace SemanticKernelRag;

/// <summary>Indexes documents into a kernel's retrieval, then has the kernel answer a question in each of the ways.</summary>
internal sealed class KernelConsole(RagOptions options, Screen screen)
{
    private const string ExampleQuestion = "Why can a retry make an outage worse, and what keeps it from doing so?";

    private readonly CallLog _calls = new(screen);

    /// <summary>Runs until all is answered; gives the exit code.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            Require(options.Docs is null || options.Question is not null, "--docs needs a question about the documents: add --question \"…\".");
            Kernel kernel = CreateKernel();
            await using ServiceProvider services = (ServiceProvider)kernel.Services;
            string question = options.Question ?? ExampleQuestion;
            using Notes notes = await Notes.CreateAsync(services, NotesToKeep(), cancellationToken);
            IReadOnlyList<IAnswerWay> ways = Ways(kernel, notes);
            await FolderIndexing.RunAsync(services, options.Docs ?? Path.Combine(AppContext.BaseDirectory, "corpus"), screen, cancellationToken);
            foreach (IAnswerWay way in ways)
            {
                await AnswerAsync(way, question, cancellationToken);
            }

            return 0;
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            return 130;
        }
        catch (ChatFailedException exception)
        {
            screen.WriteLine(exception.Apology);
            screen.Fail(exception.Message);
            return 1;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or InvalidOperationException or ArgumentException
            or NotSupportedException or UnauthorizedAccessException)
        {
            screen.Fail(exception.Message);
            return 1;
        }
    }

    /// <summary>The whole set-up: models, vector store, indexer, retriever and plugin, offline, and whatever completes chats.</summary>
    private Kernel CreateKernel()
    {
        IKernelBuilder builder = Kernel.CreateBuilder().AddLocalRetrieval();
        builder.Plugins.AddRetrieval(new RetrievalPluginOptions { Contents = options.Docs is null ? "a handbook of how software systems work" : "the user's documents" });
        builder.Services.AddSingleton(ChatCompletionFactory.Create(Environment.GetEnvironmentVariable, screen.Report, options.Timeout));
        builder.Services.AddSingleton<IFunctionInvocationFilter>(_calls);
        return builder.Build();
    }

    private IReadOnlyList<string> NotesToKeep() => options.Notes.Count > 0 || options.Docs is not null ? options.Notes : Notes.Examples;

    private List<IAnswerWay> Ways(Kernel kernel, Notes notes)
    {
        Require(!options.Ways.Contains(RagOptions.Memory) || notes.Count > 0, "The memory is empty: add --note \"…\".");
        IEnumerable<string> wanted = options.Ways.Count > 0 ? options.Ways.Distinct() : [RagOptions.Functions, RagOptions.Template, .. notes.Count > 0 ? [RagOptions.Memory] : Array.Empty<string>()];
        IChatCompletionService chat = kernel.GetRequiredService<IChatCompletionService>();
        return [.. wanted.Select<string, IAnswerWay>(way => way switch
        {
            RagOptions.Functions => new FunctionCalling(kernel, chat, _calls),
            RagOptions.Template => new PromptTemplate(kernel),
            _ => new MemoryContext(chat, notes, _calls),
        })];
    }

    private async Task AnswerAsync(IAnswerWay way, string question, CancellationToken cancellationToken)
    {
        _calls.Clear();
        screen.WriteLine();
        screen.Output.Write(new Rule($"[bold]{way.Title}[/]").LeftJustified());
        screen.WriteLine($"Question: {question}");
        AnswerText answer = new(screen);
        try
        {
            await foreach (string piece in way.AnswerAsync(question, cancellationToken))
            {
                answer.Write(piece);
            }
        }
        finally
        {
            answer.End();
            SourceList.Write(screen, answer.Text, _calls.Sources);
        }
    }

    private static void Require(bool isMet, string rule)
    {
        if (!isMet)
        {
            throw new ArgumentException(rule);
        }
    }
}
