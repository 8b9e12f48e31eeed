//! Circles: a graph as lists of edges in, the circle that each node is on out.
//! In time linear in the graph, and without recursion: documents may chain as
//! many types as they like.

/// For each node the number of its strongly connected component (Tarjan 1972):
/// two nodes lead to each other exactly if they have the same.
pub(crate) fn components(edges: &[Vec<usize>]) -> Vec<usize> {
    const NEW: usize = usize::MAX;
    let mut index = vec![NEW; edges.len()];
    let mut low = vec![0; edges.len()];
    let mut component = vec![NEW; edges.len()];
    let (mut next, mut found) = (0, 0);
    let mut open: Vec<usize> = Vec::new();
    // Each node with the number of its edges that were followed.
    let mut path: Vec<(usize, usize)> = Vec::new();
    for start in 0..edges.len() {
        if index[start] == NEW {
            path.push((start, 0));
        }
        while let Some((node, followed)) = path.pop() {
            if followed == 0 {
                index[node] = next;
                low[node] = next;
                next += 1;
                open.push(node);
            } else {
                let child = edges[node][followed - 1];
                low[node] = low[node].min(low[child]);
            }
            let mut at = followed;
            let mut deeper = None;
            while let Some(child) = edges[node].get(at).copied() {
                at += 1;
                if index[child] == NEW {
                    deeper = Some(child);
                    break;
                }
                if component[child] == NEW {
                    low[node] = low[node].min(index[child]);
                }
            }
            if let Some(child) = deeper {
                path.push((node, at));
                path.push((child, 0));
                continue;
            }
            if low[node] == index[node] {
                while let Some(member) = open.pop() {
                    component[member] = found;
                    if member == node {
                        break;
                    }
                }
                found += 1;
            }
        }
    }
    component
}

#[cfg(test)]
mod tests {
    use super::components;

    #[test]
    fn two_nodes_are_on_a_circle_if_each_leads_to_the_other() {
        let edges = [
            vec![1],
            vec![2, 3],
            vec![0],
            vec![4, 4],
            vec![3, 5],
            vec![5],
            vec![],
        ];
        let found = components(&edges);
        let reaches = |from: usize, to: usize| {
            let (mut seen, mut open) = (vec![false; edges.len()], vec![from]);
            while let Some(node) = open.pop() {
                if !std::mem::replace(&mut seen[node], true) {
                    open.extend(&edges[node]);
                }
            }
            seen[to]
        };
        for from in 0..edges.len() {
            for to in 0..edges.len() {
                let both = reaches(from, to) && reaches(to, from);
                assert_eq!(found[from] == found[to], both, "{from} {to}");
            }
        }
        // A long chain does not overflow the stack.
        let chain: Vec<Vec<usize>> = (0..200_000).map(|n| vec![(n + 1) % 200_000]).collect();
        assert!(components(&chain).iter().all(|component| *component == 0));
    }
}
