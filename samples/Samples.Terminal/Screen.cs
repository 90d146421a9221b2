using System.Globalization;
using Spectre.Console;

namespace Samples;

/// <summary>The console: answers go to the standard output, progress and errors to the standard error.</summary>
/// <remarks>Where a stream is redirected, or NO_COLOR is set, it gets plain text without escape codes.</remarks>
internal sealed class Screen(IAnsiConsole output, IAnsiConsole error, bool canAsk)
{
    /// <summary>Lines of a redirected stream are not wrapped.</summary>
    private const int PlainWidth = 100_000;

    public static Screen Create()
    {
        IAnsiConsole error = ConsoleOf(Console.Error, Console.IsErrorRedirected);
        if (Console.IsErrorRedirected)
        {
            error.Profile.Width = PlainWidth;
        }

        return new Screen(
            ConsoleOf(Console.Out, Console.IsOutputRedirected), error, !Console.IsInputRedirected && !Console.IsOutputRedirected);
    }

    public IAnsiConsole Output => output;

    /// <summary>Whether somebody is there to be asked for a question.</summary>
    public bool CanAsk => canAsk;

    /// <summary>Says what is being done.</summary>
    public void Report(string line) => error.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[grey]{Printable(line)}[/]");

    public void Fail(string line) => error.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[red]{Printable(line)}[/]");

    /// <summary>Shows a bar while <paramref name="work"/> runs, which says how many of <paramref name="count"/> are done.</summary>
    public Task<T> ShowProgressAsync<T>(string what, int count, Func<Action<int>, Task<T>> work) =>
        error.Progress().StartAsync(progress =>
        {
            ProgressTask task = progress.AddTask(what, maxValue: count);
            return work(done => task.Value = done);
        });

    /// <summary>Writes a piece of an answer, as it is.</summary>
    public void Write(string text) => output.Profile.Out.Writer.Write(Printable(text));

    public void WriteLine(string line = "") => Write(line + Environment.NewLine);

    /// <summary>Asks for a question; empty means none.</summary>
    public async Task<string> AskAsync(CancellationToken cancellationToken) =>
        (await new TextPrompt<string>("[bold]Question[/] [grey](empty to leave)[/]:").AllowEmpty().ShowAsync(output, cancellationToken)).Trim();

    /// <summary>Without the control characters by which a document or a model could steer the terminal.</summary>
    public static string Printable(string text) =>
        string.Concat(text.Where(character => !char.IsControl(character) || character is '\n' or '\t'));

    private static IAnsiConsole ConsoleOf(TextWriter writer, bool isRedirected)
    {
        bool isPlain = isRedirected || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isPlain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isPlain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Out = new AnsiConsoleOutput(writer),
        });
    }
}
