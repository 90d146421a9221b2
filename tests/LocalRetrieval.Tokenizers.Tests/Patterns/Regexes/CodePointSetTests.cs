using LocalRetrieval.Tokenizers.Patterns.Regexes;

namespace LocalRetrieval.Tokenizers.Tests.Patterns.Regexes;

public sealed class CodePointSetTests
{
    [Fact]
    public void Operations_RandomSets_EqualThoseOnEveryCodePoint()
    {
        Random random = new(1);
        for (int i = 0; i < 300; i++)
        {
            HashSet<int> first = RandomSet(random);
            HashSet<int> second = RandomSet(random);
            CodePointSet one = CodePointSet.Of(first);
            CodePointSet other = CodePointSet.Of(second);
            foreach (int codePoint in Enumerable.Range(0, 70).Append(CodePointSet.Limit - 2).Append(CodePointSet.Limit - 1))
            {
                (bool isInFirst, bool isInSecond) = (first.Contains(codePoint), second.Contains(codePoint));
                Assert.Equal(isInFirst, one.Contains(codePoint));
                Assert.Equal(!isInFirst, one.Complement().Contains(codePoint));
                Assert.Equal(isInFirst || isInSecond, one.Union(other).Contains(codePoint));
                Assert.Equal(isInFirst && isInSecond, one.Intersect(other).Contains(codePoint));
            }

            Assert.Equal(one, one.Complement().Complement());
            Assert.Equal(one.Union(other).GetHashCode(), other.Union(one).GetHashCode());
        }
    }

    private static HashSet<int> RandomSet(Random random)
    {
        HashSet<int> set = [.. Enumerable.Range(0, 64).Where(_ => random.Next(2) == 0)];
        if (random.Next(2) == 0)
        {
            _ = set.Add(CodePointSet.Limit - 1);
        }

        return set;
    }
}
