using LocalRetrieval;
using LocalRetrieval.Rag;
using LocalRetrieval.SemanticKernel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Samples;
using SemanticKernelRag.Answering;
using SemanticKernelRag.Calling;
using SemanticKernelRag.Chat;
using Spectre.Console;

namespace SemanticKernelRag.Tests;

/// <summary>Retrieval with the embedded models over documents about tea, to be joined to any chat completion.</summary>
public sealed class TeaFixture : IAsyncLifetime
{
    /// <summary>The budget of a search, in tokens.</summary>
    public const int MaxTokens = 256;

    private static readonly string Filler = string.Concat(Enumerable.Range(1, 40).Select(number => $" Sort {number} is dried on trays of bamboo and kept in tins."));

    private readonly ServiceProvider _services = new ServiceCollection().AddLocalRetrieval().BuildServiceProvider();

    internal IServiceProvider Services => _services;

    public async Task InitializeAsync()
    {
        PassageIndexer indexer = _services.GetRequiredService<PassageIndexer>();
        VectorStoreCollection<string, Passage> collection = await indexer.GetCollectionAsync(
            _services.GetRequiredService<VectorStore>(), LocalRetrievalServiceCollectionExtensions.DefaultCollectionName);
        SourceDocument[] documents =
        [
            new("green.md", "# Green tea\n\nGreen tea is steeped at 70 degrees for two minutes."),
            new("black.md", "# Black tea\n\nBlack tea is steeped at 95 degrees for four minutes."),
            new("sorts.md", $"# Sorts\n\nTea is sorted by its leaves.{Filler}"),
        ];
        (await indexer.IndexAsync(collection, documents)).ThrowIfFailed();
    }

    public async Task DisposeAsync() => await _services.DisposeAsync();

    /// <summary>Function calling by the endpoint, as the sample does it.</summary>
    /// <param name="endpoint">The endpoint; null for none.</param>
    /// <param name="output">Takes what is shown.</param>
    /// <param name="timeout">How long to wait for it; null for the client's own time.</param>
    internal IAnswerWay FunctionCalling(Uri? endpoint, StringWriter? output = null, TimeSpan? timeout = null)
    {
        CallLog log = new(ScreenOf(output ?? new StringWriter()));
        Kernel kernel = KernelOf(endpoint, log, timeout);
        return new FunctionCalling(kernel, kernel.GetRequiredService<IChatCompletionService>(), log);
    }

    /// <summary>A kernel with the plugin and a chat completion.</summary>
    internal Kernel KernelOf(Uri? endpoint, IFunctionInvocationFilter? filter = null, TimeSpan? timeout = null)
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Plugins.Add(_services.GetRequiredService<IPassageRetriever>().AsKernelPlugin(new RetrievalPluginOptions { Chat = new() { Context = new() { MaxTokens = MaxTokens } } }));
        builder.Services.AddSingleton(ChatCompletionFactory.Create(variable => Value(variable, endpoint), _ => { }, timeout));
        if (filter is not null)
        {
            builder.Services.AddSingleton(filter);
        }

        return builder.Build();
    }

    internal static Screen ScreenOf(StringWriter output)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });
        return new Screen(console, console, canAsk: false);
    }

    private static string? Value(string variable, Uri? endpoint) => variable switch
    {
        "OPENAI_API_KEY" => endpoint is null ? null : "key",
        "OPENAI_BASE_URL" => endpoint?.AbsoluteUri,
        _ => null,
    };
}
