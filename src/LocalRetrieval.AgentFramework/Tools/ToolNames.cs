using Microsoft.Extensions.AI;

namespace LocalRetrieval.AgentFramework;

/// <summary>Holds tools to what their names must be.</summary>
internal static class ToolNames
{
    /// <exception cref="ArgumentException">A tool is null, or two functions have one name.</exception>
    public static AITool[] Checked(IEnumerable<AITool> tools, string name)
    {
        AITool[] all = [.. tools];
        HashSet<string> names = new(StringComparer.Ordinal);
        for (int index = 0; index < all.Length; index++)
        {
            if (all[index] is null)
            {
                throw new ArgumentException($"The tool at {index} is null.", name);
            }

            if (all[index] is AIFunctionDeclaration function && !names.Add(function.Name))
            {
                throw new ArgumentException($"Two tools have the name '{function.Name}', so that a call could not be told from one of the other. Give each a name of its own.", name);
            }
        }

        return all;
    }

    /// <exception cref="ArgumentException">A name is of none of the tools.</exception>
    public static void ThrowIfMissing(IReadOnlyList<string> names, AITool[] tools)
    {
        foreach (string name in names.Where(name => !Array.Exists(tools, tool => tool.Name == name)))
        {
            throw new ArgumentException(
                $"{nameof(ToolRetrieverOptions)}.{nameof(ToolRetrieverOptions.Always)} names '{name}', and none of the {tools.Length} tools is called so. Add that tool, or take the name from the list.", nameof(tools));
        }
    }
}
