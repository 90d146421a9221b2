using System.CommandLine;
using System.Text;
using ConsoleRag;
using Samples;

Console.OutputEncoding = Encoding.UTF8;
Option<string?> docs = new("--docs") { Description = "A folder of documents to index, such as Markdown, PDF, HTML, Office and source code, instead of the sample's own handbook." };
Option<string?> index = new("--index") { Description = "A folder to keep the index in: another start reads it, and embeds only what has changed. Without it the index is in memory.", HelpName = "folder" };
Option<string?> question = new("--question") { Description = "The question to answer. Without it, questions are asked for on a terminal; over the handbook, an example is answered first." };
Option<int> top = new("--top") { Description = "How many passages to keep.", DefaultValueFactory = _ => 5 };
Option<int?> candidates = new("--candidates") { Description = "How many passages vectors and words each retrieve, and how many of all the reranker reads. Without it, 50, and 30 of them." };
Option<bool> noRerank = new("--no-rerank") { Description = "Leave the order to the bi-encoder." };
Option<string?> explain = new("--explain")
{
    Description = "Say why: what each stage gave and adds, which words matched, what reranking changed. With the name of a document or a passage's key, also why that one was not returned.",
    HelpName = "document or key",
    Arity = ArgumentArity.ZeroOrOne,
};
Option<string?> report = new("--report") { Description = "A file to write the same to, as one HTML page.", HelpName = "file" };
docs.Validators.Add(OptionRules.Folder);
index.Validators.Add(OptionRules.Text);
question.Validators.Add(OptionRules.Text);
top.Validators.Add(OptionRules.Count);
candidates.Validators.Add(OptionRules.Count);
report.Validators.Add(OptionRules.NewFile);

RootCommand command = new("Answers questions over documents: retrieves with a local bi-encoder, reranks with a local cross-encoder, and hands the sources to a chat model.")
{
    docs, index, question, top, candidates, noRerank, explain, report,
};

// On another thread: Ctrl+C is listened for only once the action has returned its task, and loading a model blocks.
command.SetAction((parsed, cancellationToken) => Task.Run(
    () => new RagConsole(
        new ConsoleOptions(parsed.GetValue(docs), parsed.GetValue(question), parsed.GetValue(top), parsed.GetValue(candidates), !parsed.GetValue(noRerank))
        {
            Index = parsed.GetValue(index),
            Explain = parsed.GetResult(explain) is not null,
            Explained = parsed.GetValue(explain),
            Report = parsed.GetValue(report),
        },
        Screen.Create()).RunAsync(cancellationToken),
    CancellationToken.None));

// Ctrl+C cancels what runs. A model that is being loaded is waited for: a process that ends in the middle of native code may crash.
InvocationConfiguration invocation = new() { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) };
return await command.Parse(args).InvokeAsync(invocation);
