using System.CommandLine;
using System.Text;
using Samples;
using SemanticKernelRag;

Console.OutputEncoding = Encoding.UTF8;
Option<string?> docs = new("--docs") { Description = "A folder of documents to index instead of the sample's own handbook; it needs a question." };
Option<string?> question = new("--question") { Description = "The question to answer. Without it, an example about the handbook is answered." };
Option<string[]> way = new("--way")
{
    Description = "How the kernel answers: functions that the model calls, a prompt template that searches, or notes kept in memory. May be repeated; without it, all.",
    AllowMultipleArgumentsPerToken = true,
};
Option<string[]> note = new("--note") { Description = "A note to keep in memory. May be repeated. Without it, the memory has example notes that go with the handbook." };
Option<int?> timeout = new("--timeout") { Description = "How many seconds to wait for a chat endpoint. Without it, 100." };
docs.Validators.Add(OptionRules.Folder);
question.Validators.Add(OptionRules.Text);
timeout.Validators.Add(OptionRules.Count);
way.AcceptOnlyFromAmong(RagOptions.Functions, RagOptions.Template, RagOptions.Memory);

RootCommand command = new("Answers questions with Semantic Kernel over documents that are searched where it runs: by function calling, by a prompt template and from a memory.")
{
    docs, question, way, note, timeout,
};

// On another thread: Ctrl+C is listened for only once the action has returned its task, and loading a model blocks.
command.SetAction((parsed, cancellationToken) => Task.Run(
    () => new KernelConsole(
        new RagOptions
        {
            Docs = parsed.GetValue(docs),
            Question = parsed.GetValue(question),
            Ways = parsed.GetValue(way) ?? [],
            Notes = parsed.GetValue(note) ?? [],
            Timeout = parsed.GetValue(timeout) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        },
        Screen.Create()).RunAsync(cancellationToken),
    CancellationToken.None));

// Ctrl+C cancels what runs. A model that is being loaded is waited for: a process that ends in the middle of native code may crash.
InvocationConfiguration invocation = new() { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) };
return await command.Parse(args).InvokeAsync(invocation);
