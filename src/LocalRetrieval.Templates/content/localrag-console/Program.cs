using System.ClientModel;
using LocalRetrieval;
using LocalRetrieval.Rag;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;
using OpenAI;

// Of the current directory, so that documents can change without a new build.
const string Folder = "docs";
if (!Directory.Exists(Folder))
{
    Console.Error.WriteLine($"There is no folder '{Path.GetFullPath(Folder)}'. Put documents there, or start in the folder that has it.");
    return 1;
}

// Embeddings, reranker, store, indexer and retriever. The models come with the packages: nothing is downloaded, and no text leaves the machine.
await using ServiceProvider services = new ServiceCollection().AddLocalRetrieval().BuildServiceProvider();
IPassageRetriever retriever = services.GetRequiredService<IPassageRetriever>();
using IChatClient? chat = CreateChatClient()?.WithRetrieval(retriever);

// The store is in memory, so the folder is indexed at each start. What cannot be read is said, and the rest is searched.
PassageIndexer indexer = services.GetRequiredService<PassageIndexer>();
VectorStoreCollection<string, Passage> passages = await indexer.GetCollectionAsync(
    services.GetRequiredService<VectorStore>(), LocalRetrievalServiceCollectionExtensions.DefaultCollectionName);
IndexingResult indexed = await indexer.IndexAsync(passages, SourceDocument.FromFolder(Folder));
foreach (object left in indexed.Failures.Concat<object>(indexed.Skipped))
{
    Console.Error.WriteLine(left);
}

Console.Error.WriteLine(indexed);
if (args.Length > 0)
{
    return await AskAsync(string.Join(' ', args)) ? 0 : 1;
}

Console.Error.WriteLine(chat is null ? "Set OPENAI_API_KEY for answers. An empty line ends." : "An empty line ends.");
while (Console.ReadLine() is { } question && !string.IsNullOrWhiteSpace(question))
{
    await AskAsync(question);
}

return 0;

// Answers by the chat model, with the sources that it cites; without one, shows what was found.
async Task<bool> AskAsync(string question)
{
    if (chat is null)
    {
        await FindAsync(question);
        return true;
    }

    List<ChatResponseUpdate> updates = [];
    try
    {
        await foreach (ChatResponseUpdate update in chat.GetStreamingResponseAsync(question))
        {
            updates.Add(update);
            Console.Write(update.Text);
        }
    }
    catch (Exception exception) when (exception is ClientResultException or AggregateException or HttpRequestException or IOException or OperationCanceledException)
    {
        // It refused, could not be reached, or broke off. What was found may be an answer all the same.
        Console.Error.WriteLine($"\nThe chat model gave no answer: {exception.Message}");
        await FindAsync(question);
        return false;
    }

    Console.WriteLine();
    foreach (ContextSource source in updates.ToChatResponse().Messages[^1].GetCitedSources())
    {
        Console.WriteLine($"[{source.Number}] {source.Passage.Source}  {source.Passage.HeadingPath}");
    }

    return true;
}

async Task FindAsync(string question)
{
    RetrievalResult found = await retriever.RetrieveAsync(question);
    foreach (RetrievedPassage passage in found.Passages)
    {
        Console.WriteLine($"{passage.Score:F2}  {passage.Source}  {passage.HeadingPath}\n{passage.Text.Trim()}\n");
    }
}

// Any server that speaks OpenAI's protocol will do, local ones included; and any other IChatClient.
static IChatClient? CreateChatClient()
{
    if (Environment.GetEnvironmentVariable("OPENAI_API_KEY") is not { Length: > 0 } key)
    {
        return null;
    }

    OpenAIClientOptions options = new();
    if (Environment.GetEnvironmentVariable("OPENAI_BASE_URL") is { Length: > 0 } address)
    {
        options.Endpoint = new Uri(address);
    }

    string model = Environment.GetEnvironmentVariable("OPENAI_MODEL") is { Length: > 0 } name ? name : "gpt-4o-mini";
    return new OpenAIClient(new ApiKeyCredential(key), options).GetChatClient(model).AsIChatClient();
}
