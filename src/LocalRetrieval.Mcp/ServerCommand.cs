using System.CommandLine;
using System.CommandLine.Help;
using System.Net;
using LocalRetrieval.Mcp.Hosting;
using LocalRetrieval.Mcp.Http;

namespace LocalRetrieval.Mcp;

/// <summary>The command line.</summary>
internal static class ServerCommand
{
    /// <summary>The variable that a token is better set by: other users of the machine may see command lines.</summary>
    public const string TokenVariable = "LOCALRETRIEVAL_MCP_TOKEN";

    private const string Name = "localretrieval-mcp";
    private const int DefaultPort = 3001;

    public static Command Create(Func<string, string?> environment)
    {
        Option<string> docs = new("--docs") { Description = "The folder of documents to search, such as Markdown, PDF, HTML, Office, mail and source code.", Required = true, HelpName = "folder" };
        Option<string?> name = new("--name") { Description = "What the documents are, in a few words that follow \"Searches\", such as \"the handbook of the works\": models decide by them whether to search." };
        Option<bool> snippets = new("--snippets") { Description = "Let search give the text of each passage too, not only its id, title and url." };
        Option<Transport> transport = new("--transport") { Description = "How clients reach the server: stdio, where the client starts it, or http.", HelpName = "stdio|http", DefaultValueFactory = _ => Transport.Stdio, CustomParser = OptionRules.ReadTransport };
        Option<string> host = new("--host") { Description = "For http: the address of the loopback interface to serve at.", DefaultValueFactory = _ => "127.0.0.1" };
        Option<int> port = new("--port") { Description = "For http: the port; 0 takes one that is free.", DefaultValueFactory = _ => DefaultPort, CustomParser = OptionRules.ReadPort };
        Option<string?> token = new("--token") { Description = $"For http: a bearer token that clients must send. Better set by {TokenVariable}, as command lines can be seen by others." };
        docs.Validators.Add(OptionRules.Folder);
        name.Validators.Add(OptionRules.Text);
        host.Validators.Add(OptionRules.Loopback);
        token.Validators.Add(OptionRules.Text);

        // No root command: its name would be the assembly's, which nobody types.
        Command command = new(Name, "Serves a folder of documents by the Model Context Protocol: the tools search and fetch, ask where OPENAI_API_KEY is set, and each document as a resource.")
        {
            docs, name, snippets, transport, host, port, token, new HelpOption(), new VersionOption(),
        };
        command.SetAction((parsed, cancellationToken) => ServeAsync(
            new ServerSettings
            {
                Docs = parsed.GetRequiredValue(docs),
                Name = parsed.GetValue(name),
                Snippets = parsed.GetValue(snippets),
                Host = Address(parsed.GetRequiredValue(host)),
                Port = parsed.GetValue(port),
                Token = parsed.GetValue(token) ?? (environment(TokenVariable) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null),
            },
            parsed.GetValue(transport),
            environment,
            cancellationToken));
        return command;
    }

    /// <summary>The address of a name that <see cref="OptionRules.Loopback"/> lets through.</summary>
    public static IPAddress Address(string host) => IPAddress.TryParse(host, out IPAddress? address) ? address : IPAddress.Loopback;

    private static async Task<int> ServeAsync(ServerSettings settings, Transport transport, Func<string, string?> environment, CancellationToken cancellationToken)
    {
        try
        {
            await (transport == Transport.Http ? HttpServer.RunAsync(settings, environment, cancellationToken) : StdioServer.RunAsync(settings, environment, cancellationToken)).ConfigureAwait(false);
            return 0;
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync(exception.Message).ConfigureAwait(false);
            return 1;
        }
    }
}
