using System.CommandLine;
using System.Text;
using ConsoleRag;

Console.OutputEncoding = Encoding.UTF8;
Option<DirectoryInfo> docs = new("--docs") { Description = "A folder of Markdown and text files to index instead of the sample's own handbook." };
Option<string?> question = new("--question") { Description = "The question to answer. Without it, an example is answered, then questions are asked for where the console is interactive." };
Option<int> top = new("--top") { Description = "How many passages to keep.", DefaultValueFactory = _ => 5 };
Option<int> candidates = new("--candidates") { Description = "How many passages the bi-encoder retrieves for the reranker to read.", DefaultValueFactory = _ => 50 };
Option<bool> noRerank = new("--no-rerank") { Description = "Leave the order to the bi-encoder." };
docs.AcceptExistingOnly();
foreach (Option<int> count in new[] { top, candidates })
{
    count.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<int>() < 1)
        {
            result.AddError($"{count.Name} must be at least 1.");
        }
    });
}

RootCommand command = new("Answers questions over documents: retrieves with a local bi-encoder, reranks with a local cross-encoder, and hands the sources to a chat model.")
{
    docs, question, top, candidates, noRerank,
};
command.SetAction((parsed, cancellationToken) => RagConsole.RunAsync(
    new ConsoleOptions(parsed.GetValue(docs)?.FullName, parsed.GetValue(question), parsed.GetValue(top), parsed.GetValue(candidates), !parsed.GetValue(noRerank)),
    cancellationToken));
return await command.Parse(args).InvokeAsync();
