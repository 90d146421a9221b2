using System.CommandLine;
using LocalRetrieval;
using LocalRetrieval.Bench.Data;
using LocalRetrieval.Bench.Documentation;
using LocalRetrieval.Bench.EncoderLoad;
using LocalRetrieval.Bench.LateInteraction;
using LocalRetrieval.Bench.Quality;
using LocalRetrieval.Bench.Searching;
using LocalRetrieval.Bench.Soaking;
using LocalRetrieval.Bench.StaticModels;
using LocalRetrieval.Bench.StoreOnDisk;
using LocalRetrieval.Bench.Throughput;
using LocalRetrieval.Bench.Tokenizing;
using LocalRetrieval.Bench.Tools;
using LocalRetrieval.Bench.VectorIndexing;
using LocalRetrieval.Bench.Web;
using LocalRetrieval.Testing;

const int Documents = 400;
const int RerankedQueries = 12;
const int RerankedDocuments = 50;

Option<int> rounds = new("--rounds") { Description = "How often each contender runs.", DefaultValueFactory = _ => 5 };
Command quality = new("quality", "nDCG@10 of SciFact and Cranfield through the public API, against the reference's figures (minutes).");
quality.SetAction(async (_, cancellationToken) =>
{
    (string scifact, bool scifactPassed) = await RetrievalQuality.RunAsync("scifact", cancellationToken);
    (string cranfield, bool cranfieldPassed) = await RetrievalQuality.RunAsync("cranfield", cancellationToken);
    Write("quality.md", "Retrieval quality", $"## SciFact\n\n{scifact}\n## Cranfield\n\n{cranfield}");
    return scifactPassed && cranfieldPassed ? 0 : 1;
});
Option<string?> biEncoder = new("--bi-encoder") { Description = "Another bi-encoder's folder; what is measured is then shown, and not kept." };
Option<string?> crossEncoder = new("--cross-encoder") { Description = "Another cross-encoder's folder; likewise." };
Command throughput = new("throughput", "Texts, pairs and tokens a second over SciFact, beside other ways to do the same.") { rounds, biEncoder, crossEncoder };
throughput.SetAction(async (parsed, _) =>
{
    BeirDataset data = BeirDataset.Read(BenchData.Shared("eval", "scifact"));
    string[] documents = [.. data.Corpus.Values.Take(Documents)];
    string[] queries = [.. data.Queries.Values];
    int count = parsed.GetValue(rounds);
    string embeds = parsed.GetValue(biEncoder) ?? LocalModels.BiEncoder.Locate();
    string reranks = parsed.GetValue(crossEncoder) ?? LocalModels.CrossEncoder.Locate();
    string report = $"""
        ## Embedding documents

        {await EmbedAsync(embeds, documents, EmbeddingInputTypes.Document, count)}
        ## Embedding queries

        {await EmbedAsync(embeds, queries, EmbeddingInputTypes.Query, count)}
        ## Reranking

        {await RerankAsync(reranks, queries, documents, count)}
        ## Tokenizing documents

        {await TokenizerThroughput.RunAsync(documents, count)}
        """;
    if (parsed.GetValue(biEncoder) is null && parsed.GetValue(crossEncoder) is null)
    {
        Write("throughput.md", "Throughput", report);
    }
    else
    {
        Console.WriteLine(report);
    }

    return 0;
});
Command budget = new("budget", "Texts a second under several batch token budgets, for texts of several lengths.") { rounds };
budget.SetAction(async (parsed, _) =>
{
    BeirDataset data = BeirDataset.Read(BenchData.Shared("eval", "scifact"));
    Write("budget.md", "Batch token budget", await BudgetSweep.RunAsync([.. data.Corpus.Values.Take(Documents)], parsed.GetValue(rounds)));
    return 0;
});
Option<string[]> names = new("--tokenizer")
{
    Description = "Which of shared/tokenizers.",
    DefaultValueFactory = _ => ["bert-base-uncased", "roberta-base", "synth-llama3", "phi-3", "t5-small", "synth-xlmr"],
};
Command tokenizers = new("tokenizers", "Tokens a second beside the Rust library and the JavaScript one, and the time of loading.") { rounds, names };
tokenizers.SetAction(async (parsed, _) =>
{
    Write("tokenizers.md", "Tokenizers", await TokenizerBenchmark.RunAsync(parsed.GetValue(names)!, parsed.GetValue(rounds)));
    return 0;
});
Option<bool> embed = new("--embed") { Description = "Embed the windows of sentences first, which takes a quarter of an hour; without them, rows are noise." };
Option<int> million = new("--rows") { Description = "How many rows the large collection has.", DefaultValueFactory = _ => 1_000_000 };
Command vectors = new("vectors", "Exact search beside a plain read of the same memory, many queries beside one, Half beside float32.") { rounds, embed, million };
vectors.SetAction(async (parsed, cancellationToken) =>
{
    if (parsed.GetValue(embed))
    {
        await SentenceWindows.EmbedAsync(cancellationToken);
    }

    Write("vectors.md", "Exact vector search", await VectorSearchBenchmark.RunAsync(parsed.GetValue(rounds), parsed.GetValue(million)));
    return 0;
});
Command collections = new("collections", "Upserts, filtered searches and memory of a collection.") { rounds };
collections.SetAction(async (parsed, _) =>
{
    Write("collections.md", "Collections", await CollectionBenchmark.RunAsync(parsed.GetValue(rounds)));
    return 0;
});
Command staticModels = new("static", "Texts a second of the static model beside the same in Node, and what loading each kind of model costs.") { rounds };
staticModels.SetAction(async (parsed, _) =>
{
    Write("static.md", "Static models", $"{await StaticThroughput.RunAsync(parsed.GetValue(rounds))}\n{await LoadCosts.RunAsync()}");
    return 0;
});
Command stages = new("stages", "nDCG@10 of the retrieval's stages and of all together, and over the number of reranked candidates (minutes).");
stages.SetAction(async (_, cancellationToken) =>
{
    Write("stages.md", "Retrieval in stages", $"""
        ## SciFact

        {await StagesQuality.RunAsync("scifact", cancellationToken)}
        ## Cranfield

        {await StagesQuality.RunAsync("cranfield", cancellationToken)}
        ## Time

        {await StageTimes.RunAsync(cancellationToken)}
        """);
    return 0;
});
Command relevance = new("relevance", "Fits the probability that a passage answers on SciFact's training questions, writes models/relevance.json, and measures it on Cranfield (minutes).");
relevance.SetAction(async (_, cancellationToken) =>
{
    (string report, IReadOnlyList<LocalRetrieval.Rag.RelevanceModel> models) = await RelevanceQuality.RunAsync(cancellationToken);
    RelevanceQuality.Write(models, BenchData.InCheckout("models", "relevance.json"));
    Write("relevance.md", "Relevance", report);
    return 0;
});
Command selection = new("selection", "nDCG@10 and time of leaving out duplicates, and of marginal relevance (minutes).");
selection.SetAction(async (_, cancellationToken) =>
{
    Write("selection.md", "Selection", $"Vectors and words, 50 candidates of each, nothing reranked.\n\n{await SelectionQuality.RunAsync("scifact", LocalModels.Static, cancellationToken)}\n{await SelectionQuality.RunAsync("cranfield", LocalModels.BiEncoder, cancellationToken)}");
    return 0;
});
Command tools = new("tools", "Recall of the right tool, and tokens of definitions, when the best of many tools are handed to the model.");
tools.SetAction(async (_, cancellationToken) =>
{
    Write("tools.md", "Tools", await ToolSelection.RunAsync(cancellationToken));
    return 0;
});
Argument<string> sets = new("folder") { Description = "Where the repositories of Documentation/Sets are checked out, each under its name." };
Command documentation = new("documentation", "Passages, tokens and ranks of right files over public documentation sets.") { sets };
documentation.SetAction(async (parsed, cancellationToken) =>
{
    Write("documentation.md", "Public documentation", await DocumentationQuality.RunAsync(parsed.GetValue(sets)!, cancellationToken));
    return 0;
});
Command keywords = new("keywords", "BM25 over SciFact beside a naive scorer, indexing, and what keyword search finds in data sets and documentation by weights of fields.") { sets, rounds };
keywords.SetAction(async (parsed, cancellationToken) =>
{
    string quality = await KeywordFieldQuality.RunAsync(parsed.GetValue(sets)!, cancellationToken);
    Write("keywords.md", "Keyword search", $"{await KeywordBenchmark.RunAsync(parsed.GetValue(rounds))}\n{quality}");
    return 0;
});
Argument<string> files = new("folder") { Description = "Real files of every format, told apart by their endings." };
Command documents = new("documents", "Each reader beside its bare library, 30 MB read and cut, and 5,000 files synchronised.") { files, rounds };
documents.SetAction(async (parsed, cancellationToken) =>
{
    string folder = parsed.GetValue(files)!;
    Write("documents.md", "Documents", $"""
        ## Readers

        {await ReaderBenchmark.RunAsync(folder, parsed.GetValue(rounds), cancellationToken)}
        ## Cutting 30 MB

        {await CuttingBenchmark.RunAsync(folder, cancellationToken)}
        ## Synchronisation

        {await SynchronisationBenchmark.RunAsync(cancellationToken)}
        """);
    return 0;
});
Option<int> seconds = new("--seconds") { Description = "How long the crowd stays.", DefaultValueFactory = _ => 60 };
Command web = new("web", "The web application over loopback: what it adds to the retriever, and a crowd of 200.") { rounds, seconds };
web.SetAction(async (parsed, _) =>
{
    Write("web.md", "The web application", $"""
        ## What the web adds

        The endpoints of samples/WebRag over the 40 questions of its corpus, each beside the same retrieval called in the same process, in turn, {parsed.GetValue(rounds)} rounds; the difference is the median of the pairs'.

        {await WebOverhead.RunAsync(parsed.GetValue(rounds))}
        ## A crowd

        In a process of its own on the same machine, with the clients beside it, {parsed.GetValue(seconds)} seconds each.

        {await WebLoad.RunAsync(TimeSpan.FromSeconds(parsed.GetValue(seconds)))}
        """);
    return 0;
});
Argument<string> name = new("model");
Command load = new("load", "Loads one embedded model and writes what it cost.") { name };
load.Hidden = true;
load.SetAction((parsed, _) => LoadCosts.LoadAsync(parsed.GetValue(name)!));
Option<int> manyRounds = new("--rounds") { Description = "How often each contender runs.", DefaultValueFactory = _ => 15 };
Option<string?> only = new("--only") { Description = "The only part that is run; what is measured is then shown, and not kept." };
only.AcceptOnlyFromAmong(EncoderBenchmark.PartNames);
Option<bool> quick = new("--quick") { Description = "Little of everything, to see that it works; likewise." };
Command encoders = new("encoders", "Encoders under load, beside the bare session in the best setup of a search (half an hour).") { manyRounds, only, quick };
encoders.SetAction(async (parsed, cancellationToken) =>
{
    EncoderWork work = parsed.GetValue(quick) ? EncoderWork.Quick() : EncoderWork.Full(parsed.GetValue(manyRounds));
    bool isKept = !parsed.GetValue(quick) && parsed.GetValue(only) is null;
    await EncoderBenchmark.RunAsync(work, parsed.GetValue(only), report => (isKept ? Keep : (Action<string>)Console.WriteLine)(report), cancellationToken);
    return 0;

    static void Keep(string report) => Write("encoders.md", "Encoders under load", report);
});
Option<int> minutes = new("--minutes") { Description = "How long the mixed load lasts; 0 for none.", DefaultValueFactory = _ => 10 };
Option<int> loads = new("--loads") { Description = "How often a model is then loaded and disposed, for instance 1000.", DefaultValueFactory = _ => 0 };
Command soak = new("soak", "Memory of the process under mixed load with calls cancelled at random, and over loads and disposals; it is shown, and not kept.") { minutes, loads };
soak.SetAction(async (parsed, cancellationToken) =>
{
    Console.WriteLine(Machine.Describe());
    if (parsed.GetValue(minutes) > 0)
    {
        using Soak load = new();
        await load.RunAsync(TimeSpan.FromMinutes(parsed.GetValue(minutes)), cancellationToken);
    }

    await RepeatedLoading.RunAsync(parsed.GetValue(loads), cancellationToken);
    return 0;
});
Command serveEncoder = new(EncoderServer.Command, "Serves a bi-encoder over HTTP.") { name };
serveEncoder.Hidden = true;
serveEncoder.SetAction((parsed, cancellationToken) => EncoderServer.RunAsync(parsed.GetValue(name)!, cancellationToken));
Option<bool> bare = new("--bare");
Command firstVector = new(StartPart.Command, "Embeds one text in a fresh process.") { name, bare };
firstVector.Hidden = true;
firstVector.SetAction((parsed, _) => StartPart.EmbedAsync(parsed.GetValue(name)!, parsed.GetValue(bare)));
Argument<int> count = new("count");
Command memory = new(MemoryPart.Command, "Embeds short passages and writes the process's memory.") { name, count, bare };
memory.Hidden = true;
memory.SetAction((parsed, _) => MemoryPart.EmbedAsync(parsed.GetValue(name)!, parsed.GetValue(count), parsed.GetValue(bare)));
Option<int> documentsOfSet = new("--documents") { Description = "How many documents of each data set; with fewer than all of them what is measured is shown, and not kept.", DefaultValueFactory = _ => int.MaxValue };
Option<string[]> datasets = new("--dataset") { Description = "Which data sets; likewise.", DefaultValueFactory = _ => ["scifact", "cranfield"] };
Command late = new("late", "nDCG@10, memory and time of several vectors a record: int8 beside float32, first passes beside comparing all (minutes).") { documentsOfSet, datasets };
late.SetAction(async (parsed, cancellationToken) =>
{
    int most = parsed.GetValue(documentsOfSet);
    string[] named = parsed.GetValue(datasets)!;
    List<string> parts = ["The vectors are the last hidden states of all-MiniLM-L6-v2, of length 1 each: it was not trained for late interaction but for the mean of these vectors, and stands in for a model that was.\n"];
    foreach (string dataset in named)
    {
        parts.Add(await LateInteractionQuality.RunAsync(dataset, most, cancellationToken));
    }

    bool isKept = most == int.MaxValue && named.Length == 2;
    (isKept ? report => Write("late.md", "Stored late interaction", report) : (Action<string>)Console.WriteLine)(string.Join('\n', parts));
    return 0;
});
Command store = StoreCommands.Create(rounds, quick, report => Write("store.md", "The vector store on disk", report));
Command indexes = IndexCommands.Create(rounds, (file, report) => Write(file, "Vector indexes", report));
return await new RootCommand("Benchmarks of LocalRetrieval; results are written to bench/results.") { quality, stages, relevance, selection, tools, throughput, budget, tokenizers, staticModels, vectors, indexes, late, collections, keywords, documentation, documents, web, load, encoders, soak, serveEncoder, firstVector, memory, store, StoreCommands.CreateChild() }.Parse(args).InvokeAsync();

static async Task<string> EmbedAsync(string model, string[] texts, string role, int rounds)
{
    using EmbeddingThroughput embedding = new(model, texts, role);
    string table = Race.Table("texts", texts.Length, embedding.Contenders, await Race.RunAsync(embedding.Contenders, rounds));
    return FormattableString.Invariant($"{texts.Length} texts of SciFact, {(double)embedding.Tokens / texts.Length:F0} tokens each on average, the prompt of the role {role} included, {rounds} rounds.\n\n{table}");
}

static async Task<string> RerankAsync(string model, string[] queries, string[] documents, int rounds)
{
    (string Query, string[] Documents)[] requests = [.. queries.Take(RerankedQueries).Select((query, i) =>
        (query, Enumerable.Range(0, RerankedDocuments).Select(j => documents[((i * 37) + j) % documents.Length]).ToArray()))];
    using RerankingThroughput reranking = new(model, requests);
    string table = Race.Table("pairs", RerankedQueries * RerankedDocuments, reranking.Contenders, await Race.RunAsync(reranking.Contenders, rounds));
    return FormattableString.Invariant($"{RerankedQueries} queries with {RerankedDocuments} documents each, pairs cut at 256 tokens, {rounds} rounds.\n\n{table}");
}

static void Write(string file, string title, string report)
{
    Console.WriteLine(report);
    Directory.CreateDirectory(Path.GetDirectoryName(BenchData.Results(file))!);
    File.WriteAllText(BenchData.Results(file), $"# {title}\n\n{Machine.Describe()}\n\n{report.TrimEnd()}\n");
}
